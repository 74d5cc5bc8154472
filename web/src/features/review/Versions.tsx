import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { CaseLink } from '@/kit/CaseLink'
import { DateText } from '@/kit/DateText'
import { decimal } from '@/kit/format'
import { GradeTag } from '@/kit/GradeTag'
import type { GradeWords } from '@/kit/grades'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'

type RatingForm = Schemas['ReviewFormView']

interface Props {
  form: RatingForm
  words: (code: string) => GradeWords
  title: (item: string) => string
  /** The words of a value. */
  said: (item: string, value: string) => string
}

/** Every version of a rating, both rounds side by side, and the signatures. */
export function Versions({ form: f, words, title, said }: Props) {
  const { t } = useTranslation()
  const text = useText()
  return (
    <>
      {f.versions.length > 0 && (
        <section aria-label={t('review.versions')}>
          <h3>{t('review.versions')}</h3>
          <ol className="review-versions">
            {f.versions.map((v) => (
              <li key={v.id} className="review-version">
                <div className="row">
                  <b>{t(`review.round.${v.round}`)}</b>
                  <GradeTag {...words(v.code)} />
                  <span className="num">{v.score ? decimal(v.score) : ''}</span>
                </div>
                {v.decided && (
                  <p className="why-override">{t('review.decided', { grade: words(v.computed_code).label })}</p>
                )}
                <dl className="review-judged">
                  {v.judged.map((j) => (
                    <div key={j.item}>
                      <dt className="muted">{title(j.item)}</dt>
                      <dd className={j.value === j.before ? 'num' : 'num review-differs'}>
                        {said(j.item, j.value) || '—'} {j.reason && <span className="muted">{j.reason}</span>}
                      </dd>
                    </div>
                  ))}
                </dl>
                {v.note && <p>{v.note}</p>}
                <span className="muted">
                  {v.for ? t('review.by_for', { by: v.by, for: v.for }) : v.by || t('review.by_figures')} ·{' '}
                  <DateText value={v.at} time />
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}
      {f.signatures.length > 0 && (
        <section aria-label={t('review.signatures')}>
          <div className="row">
            <h3>{t('review.signatures')}</h3>
            <span className="grow" />
            <CaseLink className="link num" to={`/cases/${f.case_id}`}>
              {f.case_number}
            </CaseLink>
          </div>
          <ul className="review-planned">
            {f.signatures.map((s) => (
              <li key={`${s.title.zh}/${s.at}`} className="row">
                <StatusDot
                  tone={s.at ? (s.agree ? 'ok' : 'bad') : 'neutral'}
                  label={t(s.at ? (s.agree ? 'review.sign.agree' : 'review.sign.refuse') : 'review.sign.open')}
                />
                <span>
                  {text(s.title)} {s.for ? t('review.by_for', { by: s.by, for: s.for }) : s.by}
                </span>
                <span className="muted">{s.opinion}</span>
                <span className="grow" />
                {s.at && (
                  <span className="muted">
                    <DateText value={s.at} time />
                  </span>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
