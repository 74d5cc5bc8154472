import { useTranslation } from 'react-i18next'
import type { Review } from './ReviewPage'
import type { RatingForm } from './sheet'

/** The forms of a customer, to be printed and signed or as a workbook. */
export function Forms({ form: f, review: r }: { form: RatingForm; review: Review }) {
  const { t, i18n } = useTranslation()
  const signed =
    r.signed_grade !== '' && (f.outcome === r.signed_grade || f.final_code === r.signed_grade || f.approval !== '')
  const forms = signed ? (['assessment', 'grade'] as const) : (['assessment'] as const)
  return (
    <section className="row review-files" aria-label={t('review.forms.title')}>
      {forms.map((form) => (
        <span key={form} className="row">
          <span className="muted">{t(`review.forms.${form}`)}</span>
          {(['pdf', 'xlsx'] as const).map((format) => (
            <a
              key={format}
              className="link"
              href={`/api/v1/reviews/${r.id}/lines/${f.customer_id}/forms/${form}?format=${format}&lang=${i18n.language}`}
              aria-label={`${t(`review.forms.${form}`)} ${t(`review.forms.${format}`)}`}
              download
            >
              {t(`review.forms.${format}`)}
            </a>
          ))}
        </span>
      ))}
    </section>
  )
}
