/** Shows the very pictures that will be sent, with what was measured on them. Warnings never block. */
import type { ReactNode } from 'react';
import type { CaptureStep, PictureSummary } from '../../preload/contract/vocabulary.ts';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { Notice } from '../components/notice.tsx';
import { QualityFacts } from '../components/quality-facts.tsx';
import { Screen } from '../components/screen.tsx';
import { StraightView } from '../components/straight-view.tsx';
import type { PictureQuality } from '../flow/picture-quality.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { useSpokenNotice } from '../speech/spoken.tsx';
import type { Outline } from '../vision/outline.ts';

/** A picture as it will be sent. `url`: a blob: address of its bytes. */
interface ReviewPicture {
  readonly step: CaptureStep;
  readonly url: string;
  readonly summary: PictureSummary;
}

interface ReviewScreenProps {
  readonly pictures: readonly ReviewPicture[];
  /** Where the document lies in a picture, as far as it is known. */
  readonly outlines: Readonly<Partial<Record<CaptureStep, Outline | null>>>;
  /** What was measured on them, for staff. */
  readonly qualities: Readonly<Partial<Record<CaptureStep, PictureQuality>>>;
  /** Required steps without a picture; nothing can be sent while there are any. */
  readonly missing: readonly CaptureStep[];
  /** What there is to ask about the document; null for nothing. */
  readonly notice: ReactNode;
  readonly onRetake: (step: CaptureStep) => void;
  readonly onSubmit: () => void;
  readonly onBack: () => void;
}

const PictureCard = ({
  picture: { step, url, summary },
  outline,
  quality,
  number,
  onRetake,
}: {
  readonly picture: ReviewPicture;
  readonly outline: Outline | null;
  readonly quality: PictureQuality | null;
  /** Which card it is, counted from 1. */
  readonly number: number;
  readonly onRetake: (step: CaptureStep) => void;
}): ReactNode => {
  const { t, bytes } = useI18n();
  const name = t(`step.${step}`);
  const doubts = summary.warnings.map((warning) => t(`warning.${warning}`));
  useSpokenNotice(doubts.length === 0 ? null : [name, ...doubts].join('\n'));
  return (
    <li className="picture-card" data-picture={step}>
      <div className="picture-frame">
        <img src={url} alt={t('review.alt', { step: name })} draggable={false} />
        {outline !== null && (
          <StraightView
            url={url}
            alt={t('review.straight', { step: name })}
            outline={outline}
            widthPx={summary.widthPx}
            heightPx={summary.heightPx}
          />
        )}
      </div>
      <div className="picture-words">
        <h2>{name}</h2>
        <p className="small">
          {[
            t('review.pixels', { width: summary.widthPx, height: summary.heightPx }),
            bytes(summary.sizeBytes),
            t(`review.source.${summary.source}`),
          ].join(' · ')}
        </p>
        {quality !== null && <QualityFacts quality={quality} />}
        {doubts.length === 0 ? (
          <p className="verdict verdict-good">
            <Icon name="check" />
            {t('review.good')}
          </p>
        ) : (
          <ul className="verdicts">
            {doubts.map((doubt) => (
              <li key={doubt} className="verdict verdict-doubt">
                <Icon name="alert" />
                {doubt}
              </li>
            ))}
          </ul>
        )}
      </div>
      <Button
        action="retake"
        number={number}
        data-step={step}
        icon={<Icon name="again" />}
        aria-label={t('review.retakeOf', { step: name })}
        onClick={() => onRetake(step)}
      >
        {t('review.retake')}
      </Button>
    </li>
  );
};

const MissingCard = ({
  step,
  number,
  onRetake,
}: {
  readonly step: CaptureStep;
  /** Which card it is, counted from 1. */
  readonly number: number;
  readonly onRetake: (step: CaptureStep) => void;
}): ReactNode => {
  const { t } = useI18n();
  const name = t(`step.${step}`);
  return (
    <li className="picture-card" data-missing={step}>
      <div className="picture-frame picture-frame-empty">
        <Icon name="camera" />
      </div>
      <div className="picture-words">
        <h2>{name}</h2>
        <p className="verdict verdict-doubt">
          <Icon name="alert" />
          {t('review.missing')}
        </p>
      </div>
      <Button
        action="retake"
        number={number}
        data-step={step}
        icon={<Icon name="camera" />}
        aria-label={t('review.takeOf', { step: name })}
        onClick={() => onRetake(step)}
      >
        {t('review.take')}
      </Button>
    </li>
  );
};

/** All pictures as cards, missing ones last. */
export const ReviewScreen = ({
  pictures,
  outlines,
  qualities,
  missing,
  notice,
  onRetake,
  onSubmit,
  onBack,
}: ReviewScreenProps): ReactNode => {
  const { t } = useI18n();
  return (
    <Screen
      name="review"
      title={t('review.title')}
      lead={t('review.lead')}
      actions={
        <>
          <Button
            action="submit"
            look="primary"
            icon={<Icon name="lock" />}
            disabled={missing.length > 0}
            onClick={onSubmit}
          >
            {t('review.submit')}
          </Button>
          <Button action="back" look="quiet" icon={<Icon name="back" />} onClick={onBack}>
            {t('action.back')}
          </Button>
        </>
      }
    >
      {notice}
      {missing.length > 0 && (
        <Notice tone="warning" says={[t('review.incomplete', { count: missing.length })]} />
      )}
      <ul className="picture-cards" data-count={pictures.length + missing.length}>
        {pictures.map((picture, index) => (
          <PictureCard
            key={picture.step}
            number={index + 1}
            picture={picture}
            outline={outlines[picture.step] ?? null}
            quality={qualities[picture.step] ?? null}
            onRetake={onRetake}
          />
        ))}
        {missing.map((step, index) => (
          <MissingCard
            key={step}
            step={step}
            number={pictures.length + index + 1}
            onRetake={onRetake}
          />
        ))}
      </ul>
    </Screen>
  );
};
