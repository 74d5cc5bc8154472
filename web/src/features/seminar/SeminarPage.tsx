import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { App, Button, Dropdown, Form, Input } from 'antd'
import { Printer } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http } from '@/api/client'
import { withWords } from '@/app/i18n'
import { FormDrawer } from '@/kit/FormDrawer'
import { useFormat } from '@/kit/format'
import { QueryView } from '@/kit/Loading'
import { Fields, KeyFigures, Page, Panel, ThumbBar } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { useMobile } from '@/kit/useMobile'
import { usePermission } from '@/kit/usePermission'
import { Aftermath } from './Aftermath'
import { type Seminar, stateTones, useHappened, whenOf } from './data'
import { GuestsPanel } from './GuestsPanel'
import type { SeminarSearch } from './routes'
import './seminar.css'

const SeminarForm = lazy(() => import('./SeminarForm'))
const SendForm = lazy(() => import('./SendForm'))
const InviteForm = lazy(withWords(['seminar', 'procedure'], () => import('./InviteForm')))

const route = getRouteApi('/shell/service/events/$id')

/** One event: what it is, who is invited and came, what it cost, and what follows. */
export default function SeminarPage() {
  const { t } = useTranslation()
  const text = useText()
  const { id } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const set = (patch: SeminarSearch) => void navigate({ search: (s) => ({ ...s, ...patch }), replace: true })
  const query = api.useQuery('get', '/api/v1/seminars/{id}', { params: { path: { id } } })
  return (
    <QueryView query={query} lines={8}>
      {(m) => (
        <Page
          title={text({ zh: m.title_zh, en: m.title_en })}
          note={t(`seminar.kinds.${m.kind}`)}
          badges={<StatusDot label={t(`seminar.states.${m.state}`)} tone={stateTones[m.state]} />}
          back={{ label: t('seminar.title'), onClick: () => void navigate({ to: '/service/events' }) }}
          actions={<Actions of={m} />}
        >
          <div className="stack">
            <Summary of={m} />
            <GuestsPanel of={m} search={search} set={set} />
            {m.runs && m.state !== 'cancelled' && <Aftermath of={m} />}
          </div>
          {m.runs && m.state === 'planned' && m.today && (
            <ThumbBar>
              <Button
                type="primary"
                block
                onClick={() => void navigate({ to: '/service/events/$id/door', params: { id } })}
              >
                {t('seminar.door')}
              </Button>
            </ThumbBar>
          )}
        </Page>
      )}
    </QueryView>
  )
}

type Asking = 'edit' | 'invite' | 'send' | 'close' | 'cancel'

/** What whoever runs the event does next. */
function Actions({ of: m }: { of: Seminar }) {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const mobile = useMobile()
  const [asking, setAsking] = useState<Asking>()
  const planned = m.runs && m.state === 'planned'
  const sends = usePermission('message.send')
  const over = () => setAsking(undefined)
  const paper = (what: 'report' | 'badges', format: 'pdf' | 'xlsx' = 'pdf') => (
    <a href={`/api/v1/seminars/${m.id}/${what}?format=${format}&lang=${i18n.language}`} download>
      {t(`seminar.paper.${what === 'badges' ? 'badges_pdf' : `report_${format}`}`)}
    </a>
  )
  const door = () => void navigate({ to: '/service/events/$id/door', params: { id: m.id } })
  return (
    <>
      {m.runs && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              { key: 'report', label: paper('report') },
              { key: 'xlsx', label: paper('report', 'xlsx') },
              { key: 'badges', label: paper('badges') },
            ],
          }}
        >
          <Button icon={<Printer size={16} strokeWidth={1.75} />}>{t('seminar.print')}</Button>
        </Dropdown>
      )}
      {planned && <Button onClick={() => setAsking('cancel')}>{t('seminar.cancel')}</Button>}
      {planned && sends && m.tally.invited > 0 && (
        <Button onClick={() => setAsking('send')}>{t('seminar.send')}</Button>
      )}
      {planned && <Button onClick={() => setAsking('edit')}>{t('seminar.edit')}</Button>}
      {planned && m.today && <Button onClick={() => setAsking('close')}>{t('seminar.close')}</Button>}
      {planned && (
        <Button type={m.today ? 'default' : 'primary'} onClick={() => setAsking('invite')}>
          {t('seminar.invite')}
        </Button>
      )}
      {planned && m.today && !mobile && (
        <Button type="primary" onClick={door}>
          {t('seminar.door')}
        </Button>
      )}
      <Suspense>
        {asking === 'edit' && <SeminarForm of={m} onClose={over} />}
        {asking === 'send' && <SendForm of={m} onClose={over} />}
        {asking === 'invite' && <InviteForm of={m} onClose={over} />}
        {(asking === 'close' || asking === 'cancel') && <EndForm of={m} how={asking} onClose={over} />}
      </Suspense>
    </>
  )
}

/** Closes an event with what came of it, or calls it off with the reason. */
function EndForm({ of: m, how, onClose }: { of: Seminar; how: 'close' | 'cancel'; onClose: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const happened = useHappened()
  const path = { params: { path: { id: m.id } } }
  const submit = async ({ said = '' }: { said?: string }) => {
    const { data } =
      how === 'close'
        ? await http.POST('/api/v1/seminars/{id}/close', { ...path, body: { summary: said } })
        : await http.POST('/api/v1/seminars/{id}/cancel', { ...path, body: { reason: said } })
    await happened()
    if (data && how === 'close') void message.success(t('seminar.closed', { kept: data.kept }))
  }
  return (
    <FormDrawer<{ said?: string }>
      open
      title={t(`seminar.${how}`)}
      submitText={t(`seminar.${how}`)}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="form-about muted">{t(`seminar.${how}_hint`)}</p>
      <Form.Item
        name="said"
        label={t(how === 'close' ? 'seminar.summary' : 'seminar.reason')}
        rules={how === 'cancel' ? [{ required: true, whitespace: true, message: t('kit.form.required') }] : []}
        className="form-last"
      >
        <Input.TextArea rows={6} maxLength={how === 'close' ? 4000 : 500} />
      </Form.Item>
    </FormDrawer>
  )
}

function Summary({ of: m }: { of: Seminar }) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  const places = m.capacity ? `${num(m.taken)} / ${num(m.capacity)}` : num(m.taken)
  const figures = [
    {
      label: t('seminar.tally.invited'),
      value: num(m.tally.invited),
      hint: t('seminar.unanswered', { n: m.tally.open }),
    },
    { label: t('seminar.tally.places'), value: places },
    { label: t('seminar.tally.waiting'), value: num(m.tally.waiting) },
    { label: t('seminar.tally.no'), value: num(m.tally.no) },
  ]
  if (m.today)
    figures.push({
      label: t('seminar.tally.people'),
      value: num(m.tally.people),
      hint: t('seminar.came_hint', { came: m.tally.came, walk_ins: m.tally.walk_ins, absent: m.tally.absent }),
    })
  const asked = m.asked
  const fields = [
    { label: t('seminar.when'), value: <span className="num">{whenOf(m)}</span> },
    { label: t('seminar.place'), value: m.place },
    { label: t('seminar.organiser'), value: [m.organiser_name, ...m.team_names].join('、') },
    { label: t('seminar.answer_by'), value: <span className="num">{m.answer_by || m.on}</span> },
    {
      label: t('seminar.asked'),
      value: asked
        ? [asked.clause, text({ zh: asked.title_zh, en: asked.title_en }), asked.grade].filter(Boolean).join(' · ')
        : t('seminar.asked_none'),
      wide: true,
    },
    ...(m.about ? [{ label: t('seminar.about'), value: <span className="said">{m.about}</span>, wide: true }] : []),
    ...(m.reason ? [{ label: t('seminar.reason'), value: m.reason, wide: true }] : []),
    ...(m.summary
      ? [{ label: t('seminar.summary'), value: <span className="said">{m.summary}</span>, wide: true }]
      : []),
    ...(m.state === 'held' && asked ? [{ label: t('seminar.kept'), value: num(m.kept) }] : []),
  ]
  return (
    <>
      <Panel>
        <KeyFigures items={figures} />
      </Panel>
      <Panel>
        <Fields items={fields} />
      </Panel>
    </>
  )
}
