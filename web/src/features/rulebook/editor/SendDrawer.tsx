import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Form, Input } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas } from '@/api/client'
import { ApiError } from '@/api/error'
import { Choice } from '@/kit/Choice'
import { DateInput } from '@/kit/DateInput'
import { FormDrawer } from '@/kit/FormDrawer'
import { civil } from '@/kit/format'
import { usePermission } from '@/kit/usePermission'
import { SettingItems } from '../SettingInput'
import { changedSettings } from '../settingWords'
import { diffQuery } from './DiffPane'
import type { Check } from './useCheck'
import type { DraftText } from './useDraft'

interface Values {
  version: string
  how: 'leave' | 'adopt'
  effective_from: string
  note?: string
  settings?: Record<string, string | undefined>
}

const UNPROCESSABLE = 422

/** Makes a version of the draft and sends it for adoption, or puts it into force at once. */
export function SendDrawer(p: {
  draft: Schemas['RulebookDraftView']
  text: DraftText
  check: Check
  onClose: () => void
}) {
  const { t } = useTranslation()
  const { id } = p.draft
  const outline = useQuery({
    queryKey: ['rulebook-draft-outline', id, 'send'],
    queryFn: async () => {
      await p.text.save()
      const params = { params: { path: { id } } }
      const [o, d] = await Promise.all([
        http.GET('/api/v1/rulebook-drafts/{id}/outline', params),
        diffQuery(id, 0).queryFn(),
      ])
      return { outline: o.data, diff: d }
    },
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const by = useAdoption(rulebookIn(p.text))
  const o = outline.data?.outline
  // Nothing can be sent before it is known who decides: a version would be made and left lying.
  if (!o || !outline.data || !by)
    return (
      <FormDrawer open title={t('draft.send.do')} onSubmit={async () => undefined} onClose={p.onClose}>
        <p className="muted">{t('draft.send.wait')}</p>
      </FormDrawer>
    )
  return <SendForm {...p} by={by} outline={o} diff={outline.data.diff} />
}

function SendForm(p: {
  draft: Schemas['RulebookDraftView']
  text: DraftText
  check: Check
  by: 'case' | 'direct'
  outline: Schemas['RulebookOutlineView']
  diff: Schemas['RulebookDiffView']
  onClose: () => void
}) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const mayAdopt = usePermission('rulebook.adopt')
  const published = useRef<{ rulebook: string; version: string }>(undefined)
  const { by, outline: o, diff } = p
  const problems = p.check.problems.data?.problems.filter((x) => x.severity === 'error').length ?? 0
  const failed = p.check.cases.data?.failed ?? 0
  const submit = async (v: Values) => {
    if (problems > 0 || failed > 0) throw new ApiError(UNPROCESSABLE, 'draft.not_ready', { problems, failed })
    // A request that fails after the version was made must not make it again.
    published.current ??= await publish(p.draft.id, p.text, v.version)
    const made = published.current
    const path = { id: made.rulebook }
    const body = {
      version: made.version,
      effective_from: v.effective_from,
      note: v.note?.trim() || undefined,
      settings: changedSettings(o.settings, v.settings),
    }
    if (by === 'case') await http.POST('/api/v1/rulebooks/{id}/adoption-requests', { params: { path }, body })
    else if (v.how === 'adopt') await http.POST('/api/v1/rulebooks/{id}/adopt', { params: { path }, body })
    await client.invalidateQueries({ queryKey: ['get', '/api/v1/rulebooks'] })
    void client.invalidateQueries({ queryKey: ['get'] })
    void navigate({ to: '/rulebooks/$id', params: path, search: { tab: 'versions' } })
  }
  const today = civil(new Date())
  const first: Partial<Values> = {
    version: diff.suggested_version || o.version,
    how: 'leave',
    effective_from: today,
    settings: Object.fromEntries(o.settings.map((s) => [s.name, s.value])),
  }
  const required = { required: true, message: t('kit.form.required') }
  return (
    <FormDrawer<Values>
      open
      title={t('draft.send.do')}
      initial={first}
      submitText={t('draft.send.submit')}
      done={t('draft.send.done')}
      onSubmit={submit}
      onClose={p.onClose}
    >
      <ul className="will">
        <li>
          {diff.from
            ? t('draft.send.will_change', { count: diff.changes.length + diff.clauses.length, version: diff.from })
            : t('draft.send.will_new')}
        </li>
        <li>
          {problems > 0 || failed > 0
            ? t('draft.send.not_ready', { problems, failed })
            : t('draft.send.ready', { passed: p.check.cases.data?.passed ?? 0 })}
        </li>
        <li>{t('draft.send.will_version')}</li>
        {by && <li>{t(by === 'case' ? 'draft.send.will_case' : 'draft.send.will_post')}</li>}
      </ul>
      {by === 'direct' && mayAdopt && (
        <Form.Item name="how" label={t('draft.send.how')}>
          <HowInput />
        </Form.Item>
      )}
      <div className="two">
        <Form.Item
          name="version"
          label={t('rulebook.version')}
          rules={[required, { pattern: /^\d+\.\d+\.\d+$/, message: t('draft.send.version_hint') }]}
        >
          <Input className="num" />
        </Form.Item>
        <Form.Item name="effective_from" label={t('rulebook.adopt.from')} rules={[required]}>
          <DateInput min={today} />
        </Form.Item>
      </div>
      <Form.Item name="note" label={t('rulebook.adopt.note')} extra={t('draft.send.note_hint')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      {o.settings.length > 0 && <h3 className="form-part">{t('rulebook.tab.settings')}</h3>}
      <SettingItems settings={o.settings} />
    </FormDrawer>
  )
}

/** Who decides on adoptions: a case of the procedure in force, or whoever adopts directly; undefined until that is known. */
function useAdoption(rulebook: string): 'case' | 'direct' | undefined {
  const list = api.useQuery('get', '/api/v1/rulebooks').data?.items
  const id = list?.find((b) => b.id === rulebook)?.id ?? list?.[0]?.id ?? ''
  const one = api.useQuery('get', '/api/v1/rulebooks/{id}', { params: { path: { id } } }, { enabled: id !== '' })
  if (list?.length === 0) return 'direct'
  return one.data && (one.data.by_case ? 'case' : 'direct')
}

function HowInput({ value = 'leave', onChange }: { value?: Values['how']; onChange?: (v: Values['how']) => void }) {
  const { t } = useTranslation()
  return (
    <Choice<Values['how']>
      label={t('draft.send.how')}
      value={value}
      options={[
        { value: 'leave', label: t('draft.send.how_leave') },
        { value: 'adopt', label: t('draft.send.how_adopt') },
      ]}
      onChange={(v) => onChange?.(v)}
    />
  )
}

async function publish(id: string, text: DraftText, version: string): Promise<{ rulebook: string; version: string }> {
  if (!(await text.save())) throw text.failure ?? new ApiError(UNPROCESSABLE, 'draft.unsaved', {})
  const { data } = await http.POST('/api/v1/rulebook-drafts/{id}/publish', {
    params: { path: { id }, header: { 'If-Match': `"${text.revision()}"` } },
    body: { version },
  })
  return { rulebook: text.files['rulebook.yaml'] ? rulebookIn(text) : '', version: data?.version ?? version }
}

const rulebookIn = (text: DraftText): string =>
  /^rulebook:\s*["']?([\w-]+)/m.exec(text.files['rulebook.yaml'] ?? '')?.[1] ?? ''
