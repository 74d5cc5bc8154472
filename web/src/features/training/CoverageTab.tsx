import { Button, Dropdown, Select } from 'antd'
import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api, http, queryOf, type Schemas, useRefreshUnder } from '@/api/client'
import { DateText } from '@/kit/DateText'
import { EmptyState } from '@/kit/EmptyState'
import { QueryView } from '@/kit/Loading'
import { KeyFigures, Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { useConfirm } from '@/kit/useConfirm'
import { usePermission } from '@/kit/usePermission'
import { type Standing, standings, type TrainingSearch } from './routes'
import { StandingDot } from './words'

type Count = Schemas['TrainingCountView']
type Person = Schemas['TrainingPersonView']

interface Props {
  search: TrainingSearch
  set: (patch: TrainingSearch) => void
}

/** Who of the people within my reach holds the certificate of a course, per unit. */
export default function CoverageTab({ search, set }: Props) {
  const { t } = useTranslation()
  const query = api.useQuery('get', '/api/v1/training/coverage')
  return (
    <QueryView query={query} lines={8}>
      {({ items }) => {
        const course = items.find((c) => c.id === search.open) ?? items[0]
        if (!course) return <EmptyState title={t('training.no_courses')} hint={t('training.no_courses_hint')} />
        return (
          <>
            <div className="course-foot">
              <Select
                aria-label={t('training.course')}
                value={course.id}
                onChange={(open) => set({ open, unit: undefined, standing: undefined })}
                options={items.map((c) => ({ value: c.id, label: c.title }))}
                style={{ minWidth: 220 }}
              />
              <ExportButton id={course.id} />
            </div>
            <One key={course.id} id={course.id} search={search} set={set} />
          </>
        )
      }}
    </QueryView>
  )
}

function ExportButton({ id }: { id: string }) {
  const { t, i18n } = useTranslation()
  const file = (format: 'xlsx' | 'csv') => ({
    key: format,
    label: (
      <a href={`/api/v1/training/courses/${id}/coverage/export?${queryOf({ format, lang: i18n.language })}`} download>
        {t(`training.export_as.${format}`)}
      </a>
    ),
  })
  return (
    <Dropdown trigger={['click']} menu={{ items: [file('xlsx'), file('csv')] }}>
      <Button icon={<Download size={16} strokeWidth={1.75} />}>{t('training.export')}</Button>
    </Dropdown>
  )
}

function One({ id, search, set }: Props & { id: string }) {
  const { t, i18n } = useTranslation()
  const manage = usePermission('training.manage')
  const again = useAgain(id)
  const query = api.useQuery('get', '/api/v1/training/courses/{id}/coverage', {
    params: { path: { id }, query: { standing: search.standing, unit: search.unit } },
  })
  const named = (x: { name_zh: string; name_en: string }) =>
    (i18n.language === 'en' && x.name_en) || x.name_zh || t('training.no_unit')
  return (
    <QueryView query={query} lines={10}>
      {(c) => (
        <>
          <KeyFigures
            items={[
              { label: t('training.people'), value: c.all.people },
              { label: t('training.trained'), value: c.all.share ? `${c.all.share}%` : '—' },
              { label: t('training.standing.expiring'), value: c.all.expiring },
              { label: t('training.not_trained'), value: c.all.expired + c.all.missing },
            ]}
          />
          <Panel title={t('training.by_unit')}>
            <PlainTable<Count>
              rows={c.units}
              rowKey={(u) => u.unit_id}
              columns={[
                {
                  key: 'unit',
                  title: t('training.unit'),
                  head: true,
                  render: (u) => (
                    <button
                      type="button"
                      className="text-button"
                      onClick={() => set({ unit: search.unit === u.unit_id ? undefined : u.unit_id })}
                    >
                      {named(u)}
                    </button>
                  ),
                },
                { key: 'people', title: t('training.people'), num: true, right: true, render: (u) => u.people },
                { key: 'share', title: t('training.trained'), num: true, right: true, render: (u) => `${u.share}%` },
                {
                  key: 'expiring',
                  title: t('training.standing.expiring'),
                  num: true,
                  right: true,
                  render: (u) => u.expiring,
                },
                {
                  key: 'missing',
                  title: t('training.not_trained'),
                  num: true,
                  right: true,
                  render: (u) => u.expired + u.missing,
                },
              ]}
            />
          </Panel>
          <Panel
            title={t('training.who')}
            extra={
              <Select<Standing>
                allowClear
                aria-label={t('training.state')}
                placeholder={t('training.all')}
                value={search.standing}
                onChange={(standing) => set({ standing })}
                options={standings.map((value) => ({ value, label: t(`training.standing.${value}`) }))}
                style={{ minWidth: 120 }}
              />
            }
          >
            <PlainTable<Person>
              note={c.more ? t('training.more') : undefined}
              rows={c.people}
              rowKey={(p) => p.id}
              columns={[
                { key: 'name', title: t('training.name'), head: true, render: (p) => p.name },
                {
                  key: 'unit',
                  title: t('training.unit'),
                  render: (p) => named({ name_zh: p.unit_zh, name_en: p.unit_en }),
                },
                { key: 'state', title: t('training.state'), render: (p) => <StandingDot of={p.standing} /> },
                { key: 'until', title: t('training.expires'), render: (p) => <DateText value={p.expires_on} /> },
                { key: 'due', title: t('training.due_on'), render: (p) => <DateText value={p.due_on} /> },
                ...(manage
                  ? [
                      {
                        key: 'again',
                        title: '',
                        right: true,
                        render: (p: Person) =>
                          p.standing !== 'valid' && (
                            <Button size="small" type="text" onClick={() => void again(p)}>
                              {t('training.forgive')}
                            </Button>
                          ),
                      },
                    ]
                  : []),
              ]}
            />
          </Panel>
        </>
      )}
    </QueryView>
  )
}

/** useAgain gives somebody the attempts at a course anew. */
function useAgain(id: string) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const refresh = useRefreshUnder('/api/v1/training')
  return (p: Person) =>
    confirm({
      title: t('training.forgive_title', { name: p.name }),
      text: t('training.forgive_text'),
      ok: t('training.forgive'),
      action: async () => {
        await http.POST('/api/v1/training/courses/{id}/people/{user_id}/again', {
          params: { path: { id, user_id: p.id } },
        })
        await refresh()
      },
    })
}
