/** One line of a list of facts: its name and what holds. */
import type { ReactNode } from 'react';

interface FactProps {
  readonly name: string;
  /** More `data-` attributes of the line. */
  readonly data?: Readonly<Record<`data-${string}`, string>>;
  readonly children: ReactNode;
}

/** A line of `<dl className="facts">`. */
export const Fact = ({ name, data, children }: FactProps): ReactNode => (
  <div {...data}>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
