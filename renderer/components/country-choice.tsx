/** Chooses a country: search by typing, the common ones first. Must hold no country the kiosk doesn't take. */
import { useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useI18n } from '../i18n/i18n.tsx';
import {
  commonCountries,
  searchCountries,
  sortedCountries,
  type CountryEntry,
} from './country-search.ts';
import { Icon } from './icon.tsx';
import { TextField } from './text-field.tsx';

/** Below this many a list needs no search. Own decision: what fits on the smallest screen. */
const SEARCH_FROM = 9;
const QUERY_MAX_CHARS = 40;

interface CountryChoiceProps {
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  readonly chosen: string | null;
  readonly onChoose: (code: string) => void;
  readonly disabled: boolean;
}

/** The list begins at what is chosen already. Scrolls itself alone: the screen begins at its heading. */
const showChosen = (list: HTMLElement | null): void => {
  const row = list?.querySelector<HTMLElement>(':checked')?.parentElement;
  if (list && row) list.scrollTop = row.offsetTop - list.clientHeight / 2;
};

/** A list of radio buttons with a search field above. */
export const CountryChoice = ({
  countries,
  chosen,
  onChoose,
  disabled,
}: CountryChoiceProps): ReactNode => {
  const { t, country, language } = useI18n();
  const [query, setQuery] = useState('');
  const all = useMemo(
    () => sortedCountries(countries, country, language),
    [countries, country, language],
  );
  const hasSearch = all.length >= SEARCH_FROM;
  const isSearching = query.trim() !== '';
  const found = searchCountries(all, query);
  const common = hasSearch && !isSearching ? commonCountries(countries) : [];

  /** Enter takes the first that was found; typing is over then, and keys mean what they mean elsewhere. */
  const takeFirst = (event: KeyboardEvent<HTMLElement>): void => {
    const [first] = found;
    if (event.key !== 'Enter' || !isSearching || first === undefined) return;
    event.preventDefault();
    onChoose(first.code);
    setQuery('');
    if (event.target instanceof HTMLElement) event.target.blur();
  };

  const option = ({ code, name }: CountryEntry, group: 'common' | 'all'): ReactNode => (
    <label
      key={code}
      className="country"
      data-country={group === 'all' && common.includes(code) ? undefined : code}
    >
      <input
        type="radio"
        name={`country-${group}`}
        value={code}
        checked={chosen === code}
        disabled={disabled}
        onChange={() => onChoose(code)}
      />
      <span className="country-name">{name}</span>
      <span className="country-code" aria-hidden="true" translate="no">
        {code}
      </span>
    </label>
  );

  return (
    <fieldset className="choice country-choice" onKeyDown={takeFirst}>
      <legend>{t('document.country')}</legend>
      {hasSearch && (
        <TextField
          name="country-search"
          label={t('document.search')}
          placeholder={t('document.search')}
          inputMode="search"
          maxLength={QUERY_MAX_CHARS}
          value={query}
          onText={setQuery}
          disabled={disabled}
          icon={<Icon name="search" />}
        />
      )}
      <div className="country-list" ref={showChosen}>
        {common.length > 0 && (
          <div className="country-group" role="group" aria-label={t('document.common')}>
            <p className="group-name" aria-hidden="true">
              {t('document.common')}
            </p>
            <div className="country-options">
              {common.map((code) => option({ code, name: country(code) }, 'common'))}
            </div>
          </div>
        )}
        <div className="country-group" role="group" aria-label={t('document.all')}>
          {common.length > 0 && (
            <p className="group-name" aria-hidden="true">
              {t('document.all')}
            </p>
          )}
          <div className="country-options">{found.map((entry) => option(entry, 'all'))}</div>
        </div>
        <p role="status" className={found.length === 0 ? 'country-none' : 'visually-hidden'}>
          {isSearching ? t('document.found', { count: found.length }) : ''}
        </p>
      </div>
    </fieldset>
  );
};
