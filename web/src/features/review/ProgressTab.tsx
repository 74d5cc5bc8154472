import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { http, type Schemas } from '@/api/client'
import { errorText } from '@/api/error'
import { DateText } from '@/kit/DateText'
import { useFormat } from '@/kit/format'
import { GradeTag } from '@/kit/GradeTag'
import { useGradeIn } from '@/kit/grades'
import { Fields, KeyFigures, Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { type TabProps, useReviewChanged } from './ReviewPage'

type Region = Schemas['ReviewRegionView']

/** How far a campaign is: figures, regions, days, the meeting, who stands in for whom. */
export function ProgressTab({ review: r, set }: TabProps) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const words = useGradeIn(r.scheme)
  return (
    <div className="stack">
      <Panel>
        <KeyFigures
          items={[
            { label: t('review.customers'), value: num(r.totals.customers) },
            {
              label: t('review.rated'),
              value: num(r.totals.rated),
              hint: r.late ? t('review.late_hint', { day: r.rate_by }) : t('review.rate_by_hint', { day: r.rate_by }),
            },
            { label: t('review.differs'), value: num(r.totals.differs) },
            { label: t('review.newcomers'), value: num(r.totals.newcomers) },
            {
              label: t('review.approved'),
              value: t('review.of', {
                n: num(r.totals.approved),
                all: num(r.totals.approved + r.totals.waiting + r.totals.rejected),
              }),
            },
          ]}
        />
        <div className="row review-grades">
          {(r.scheme.labels ?? []).map((l) => (
            <button
              key={l.code}
              type="button"
              className="review-grade"
              onClick={() => set({ tab: 'meeting', grade: l.code })}
            >
              <GradeTag {...words(l.code)} /> <span className="num">{num(r.totals.grades[l.code] ?? 0)}</span>
            </button>
          ))}
        </div>
      </Panel>
      <Panel title={t('review.regions')}>
        <Regions review={r} set={set} />
      </Panel>
      <Panel title={t('review.record')}>
        <Record review={r} />
      </Panel>
      {r.delegations.length > 0 && (
        <Panel title={t('review.delegations')}>
          <Delegations review={r} />
        </Panel>
      )}
    </div>
  )
}

function Regions({ review: r, set }: Pick<TabProps, 'review' | 'set'>) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  return (
    <PlainTable<Region>
      caption={t('review.regions')}
      rows={r.regions}
      rowKey={(x) => x.unit_id}
      columns={[
        {
          key: 'name',
          title: t('review.region'),
          head: true,
          render: (x) => (
            <button
              type="button"
              className="link review-link"
              onClick={() => set({ tab: 'meeting', unit: x.unit_id || undefined })}
            >
              {text(x.name) || t('review.no_region')}
            </button>
          ),
        },
        { key: 'raters', title: t('review.raters'), render: (x) => x.raters.map((p) => p.name).join('、') || '—' },
        { key: 'customers', title: t('review.customers'), num: true, right: true, render: (x) => num(x.customers) },
        { key: 'rated', title: t('review.rated'), num: true, right: true, render: (x) => num(x.rated) },
        { key: 'draft', title: t('review.line.draft'), num: true, right: true, render: (x) => num(x.draft) },
        { key: 'differs', title: t('review.differs'), num: true, right: true, render: (x) => num(x.differs) },
        {
          key: 'done',
          title: t('review.progress'),
          render: (x) => (
            <span className="row">
              <meter
                className="why-bar review-bar"
                min={0}
                max={Math.max(1, x.customers)}
                value={x.rated}
                aria-label={t('review.of', { n: x.rated, all: x.customers })}
              />
              {x.late && <StatusDot tone="bad" label={t('review.late')} />}
              {x.rated === x.customers && <StatusDot tone="ok" label={t('review.done')} />}
            </span>
          ),
        },
      ]}
    />
  )
}

function Record({ review: r }: { review: TabProps['review'] }) {
  const { t } = useTranslation()
  const day = (d: string) => (d ? <DateText value={d} /> : '')
  return (
    <Fields
      items={[
        { label: t('review.opened_by'), value: r.opened_by || t('review.by_calendar') },
        { label: t('review.rate_by'), value: day(r.rate_by) },
        { label: t('review.effective_on'), value: day(r.effective_on) },
        { label: t('review.meeting_on'), value: day(r.meeting_on) },
        { label: t('review.meeting_people'), value: r.meeting_people },
        { label: t('review.closed_by'), value: r.closed_by },
        { label: t('review.meeting_note'), value: r.meeting_note, wide: true },
        { label: t('review.note'), value: r.note, wide: true },
      ]}
    />
  )
}

function Delegations({ review: r }: { review: TabProps['review'] }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const changed = useReviewChanged()
  const end = async (delegation: string) => {
    try {
      await http.DELETE('/api/v1/reviews/{id}/delegations/{delegation}', { params: { path: { id: r.id, delegation } } })
      await changed()
    } catch (e) {
      void message.error(errorText(t, e))
    }
  }
  return (
    <ul className="review-planned">
      {r.delegations.map((d) => (
        <li key={d.id} className="row">
          <span>{t('review.delegate.line', { from: d.from.name, to: d.to.name, day: d.until_on })}</span>
          <Button size="small" onClick={() => void end(d.id)}>
            {t('review.delegate.end')}
          </Button>
        </li>
      ))}
    </ul>
  )
}
