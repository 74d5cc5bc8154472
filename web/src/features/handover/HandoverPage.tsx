import { getRouteApi } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, http } from '@/api/client'
import { errorText } from '@/api/error'
import { CaseLink } from '@/kit/CaseLink'
import { useFormat } from '@/kit/format'
import { QueryView } from '@/kit/Loading'
import { Fields, KeyFigures, Page, Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { StatusDot } from '@/kit/StatusDot'
import { TabBar } from '@/kit/TabBar'
import { useText } from '@/kit/text'
import { useConfirm } from '@/kit/useConfirm'
import { usePermission } from '@/kit/usePermission'
import { type Handover, stateOf, useRefreshHandovers } from './data'
import { KeptPanel, MovePanel, ThingsPanel } from './MovePanel'
import { PlanPanel } from './PlanPanel'
import { RestPanel } from './RestPanel'
import { type HandoverSearch, handoverTabs } from './routes'
import { ToldPanel } from './ToldPanel'
import './handover.css'

const route = getRouteApi('/shell/service/handovers/$id')

/** One handover: what there is, the plan, the signatures, and the customers who are to be told. */
export default function HandoverPage() {
  const { t } = useTranslation()
  const { id } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const set = (patch: HandoverSearch) => void navigate({ search: (s) => ({ ...s, ...patch }), replace: true })
  const query = api.useQuery('get', '/api/v1/handovers/{id}', { params: { path: { id } } })
  return (
    <QueryView query={query} lines={8}>
      {(h) => (
        <Page
          title={t('handover.of', { name: h.person_name })}
          note={h.number}
          badges={<StatusDot {...stateOf(h, t)} />}
          back={{ label: t('handover.title'), onClick: () => void navigate({ to: '/service/handovers' }) }}
          actions={<Actions h={h} />}
        >
          <div className="stack">
            <Summary h={h} />
            {h.state === 'moving' && <MovePanel h={h} />}
            {h.state === 'done' && h.heads && h.counts.some((c) => c.kind !== 'customers' && c.left > 0) && (
              <KeptPanel h={h} />
            )}
            {h.state === 'planning' && h.heads && <RestPanel h={h} />}
            {h.moved > 0 && h.tells && (
              <TabBar
                label={t('handover.title')}
                tabs={handoverTabs.map((key) => ({ key, label: t(`handover.tab.${key}`) }))}
                current={search.tab ?? 'plan'}
                onChoose={(key) => set({ tab: key, q: undefined, only: undefined })}
              />
            )}
            {search.tab === 'told' && h.moved > 0 ? (
              <ToldPanel h={h} search={search} set={set} />
            ) : (
              <>
                <PlanPanel h={h} search={search} set={set} />
                {h.heads && (h.state === 'planning' || h.state === 'signing') && <ThingsPanel h={h} />}
                <Loads h={h} />
              </>
            )}
          </div>
        </Page>
      )}
    </QueryView>
  )
}

/** What the head does next, and the papers. */
function Actions({ h }: { h: Handover }) {
  const { t, i18n } = useTranslation()
  const { message } = App.useApp()
  const confirm = useConfirm()
  const refresh = useRefreshHandovers()
  const exports = usePermission('customer.export')
  const path = { params: { path: { id: h.id } } }
  const sign = async () => {
    try {
      await http.POST('/api/v1/handovers/{id}/sign', path)
      void message.success(t('handover.signing_began'))
    } catch (e) {
      void message.error(errorText(t, e))
    }
    await refresh()
  }
  const ask = (what: 'recall' | 'drop') =>
    confirm({
      title: t(`handover.${what}`),
      text: t(`handover.${what}_text`),
      ok: t(`handover.${what}`),
      danger: what === 'drop',
      action: async () => {
        await (what === 'drop'
          ? http.POST('/api/v1/handovers/{id}/drop', path)
          : http.POST('/api/v1/handovers/{id}/recall', path))
        await refresh()
      },
    })
  const paper = (format: 'pdf' | 'xlsx') => `/api/v1/handovers/${h.id}/form?format=${format}&lang=${i18n.language}`
  return (
    <>
      {exports && <Button href={paper('pdf')}>{t('handover.print')}</Button>}
      {exports && <Button href={paper('xlsx')}>{t('handover.excel')}</Button>}
      {h.heads && h.state === 'planning' && <Button onClick={() => void ask('drop')}>{t('handover.drop')}</Button>}
      {h.heads && h.state === 'signing' && <Button onClick={() => void ask('recall')}>{t('handover.recall')}</Button>}
      {h.heads && h.state === 'planning' && (
        <Button type="primary" disabled={h.missing > 0 || !h.rest_id} onClick={() => void sign()}>
          {missing(h, t) ?? t('handover.sign')}
        </Button>
      )}
    </>
  )
}

/** What is missing before a plan can be signed. */
function missing(h: Handover, t: ReturnType<typeof useTranslation>['t']): string | undefined {
  if (h.missing > 0) return t('handover.missing', { n: h.missing })
  return h.rest_id ? undefined : t('handover.no_rest')
}

function Summary({ h }: { h: Handover }) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  return (
    <>
      <Panel>
        <KeyFigures
          items={h.counts.map((c) => ({
            label: t(`handover.kind.${c.kind}`),
            value: num(c.before),
            hint: h.state === 'done' && c.left > 0 ? t('handover.left', { n: num(c.left) }) : undefined,
          }))}
        />
      </Panel>
      <Panel>
        <Fields
          items={[
            { label: t('handover.reason'), value: t(`handover.reasons.${h.reason}`) },
            { label: t('handover.from'), value: h.from },
            { label: t('handover.head'), value: h.head_name },
            { label: t('handover.rest'), value: h.rest_name || '—' },
            ...(h.note ? [{ label: t('handover.note'), value: h.note, wide: true }] : []),
          ]}
        />
        {h.case_id && (
          <>
            <PlainTable
              rows={h.signatures.filter((s) => s.given || h.state === 'signing')}
              rowKey={(s) => s.title.en + s.by}
              caption={t('handover.signatures')}
              columns={[
                { key: 'title', title: t('handover.signature'), head: true, render: (s) => text(s.title) },
                { key: 'by', title: t('handover.by'), render: (s) => s.by || '—' },
                {
                  key: 'said',
                  title: t('handover.said'),
                  render: (s) =>
                    s.given ? (
                      <StatusDot
                        tone={s.agree ? 'ok' : 'bad'}
                        label={
                          t(s.agree ? 'handover.agreed' : 'handover.refused') + (s.opinion ? ` · ${s.opinion}` : '')
                        }
                      />
                    ) : (
                      t('handover.waiting')
                    ),
                },
              ]}
            />
            <p className="panel-note">
              <CaseLink to={`/cases/${h.case_id}`}>{t('handover.case')}</CaseLink>
            </p>
          </>
        )}
      </Panel>
    </>
  )
}

function Loads({ h }: { h: Handover }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  if (h.loads.length === 0) return null
  return (
    <Panel title={t('handover.loads')} flush>
      <PlainTable
        rows={h.loads}
        rowKey={(l) => l.user_id}
        columns={[
          { key: 'name', title: t('handover.who'), head: true, render: (l) => l.name },
          { key: 'before', title: t('handover.before'), num: true, right: true, render: (l) => num(l.before) },
          { key: 'after', title: t('handover.after'), num: true, right: true, render: (l) => num(l.after) },
        ]}
      />
    </Panel>
  )
}
