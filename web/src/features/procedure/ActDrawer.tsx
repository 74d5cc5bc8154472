import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { ApiError } from '@/api/error'
import { FilesInput } from '@/kit/Evidence'
import { FormDrawer } from '@/kit/FormDrawer'
import { useText } from '@/kit/text'
import { type Doing, titleOf } from './ActionBar'
import { Answers } from './Answers'
import { type ActBody, answersOf, type CaseRecord, type Field, formOf, useAct, usePeople, type Values } from './data'
import { FormFields } from './FormFields'

interface Props {
  doing: Doing
  record: CaseRecord
  onClose: () => void
  /** Somebody was faster: the case is read again. */
  onMoved: () => void
}

interface ActValues {
  answers?: Values
  reason?: string
  to?: string
  what?: string
  person?: string
  other_id?: string
  link?: ActBody['link']
  files?: File[]
}

/** Acts that need a reason. */
const reasoned = ['return', 'pause', 'extend', 'withdraw', 'reopen', 'skip']
const personal = ['add_sign', 'delegate', 'assign']
const links = ['related', 'repeat', 'cause', 'follow_up'] as const

/** One act: the form of the step, an opinion, or whatever else the act needs. */
export default function ActDrawer({ doing, record: c, onClose, onMoved }: Props) {
  const { t } = useTranslation()
  const text = useText()
  const { may, decision } = doing
  const act = useAct(c.id)
  const form = formOf(c.definition, may.form)
  const fields = form?.fields ?? []
  const before = c.forms.find((f) => f.step === may.step)
  const submit = async (v: ActValues) => {
    const files = v.files?.length ? ((await answersOf([fileField], { files: v.files })).files as string[]) : undefined
    try {
      await act({
        act: may.act as ActBody['act'],
        seat: may.seat || undefined,
        for: may.for.id || undefined,
        version: c.row_version,
        answers: fields.length > 0 ? await answersOf(fields, v.answers ?? {}) : undefined,
        decision,
        reason: v.reason,
        to: v.to,
        what: v.what ?? (may.act === 'extend' ? may.choices[0] : undefined),
        person: v.person,
        other_id: v.other_id,
        link: v.link,
        files,
      })
    } catch (e) {
      if (e instanceof ApiError && e.code === 'case.moved_on') onMoved()
      throw e
    }
  }
  const step = c.definition?.steps?.find((s) => s.key === may.step)
  const label = t(`procedure.act.do.${decision ?? may.act}`)
  return (
    <FormDrawer<ActValues>
      open
      wide={fields.length > 4}
      title={step ? `${label}: ${text(step.title)}` : label}
      initial={{ answers: initialOf(fields, before?.answers, c) }}
      submitText={label}
      done={t('procedure.act.done')}
      onSubmit={submit}
      onClose={onClose}
    >
      {may.for.name && <p className="muted">{t('procedure.inbox.for', { name: may.for.name })}</p>}
      {form && decision !== 'reject' && <FormFields fields={fields} at={['answers']} />}
      <Extra doing={doing} record={c} />
      {before && may.act === 'return' && <Answers record={c} form={before} />}
    </FormDrawer>
  )
}

const fileField = { key: 'files', type: 'file' } as Field

/** What a field takes over from the case or from an earlier form. */
function takenOver(from: string | undefined, c: CaseRecord): unknown {
  if (!from) return undefined
  if (from === 'customer.name') return c.customer?.name
  if (from === 'case.number') return c.number
  const [step = '', key = ''] = from.split('.')
  return c.forms.find((f) => f.step === step)?.answers[key]
}

/** What was answered at an earlier visit stands there again, else what the field takes over; files stay with their visit. */
function initialOf(fields: Field[], answers: Record<string, unknown> | undefined, c: CaseRecord): Values {
  const out: Values = {}
  for (const f of fields) {
    const v = answers?.[f.key] ?? takenOver(f.from, c)
    if (v === undefined || f.type === 'file') continue
    out[f.key] = f.type === 'yes_no' ? (v ? 'yes' : 'no') : v
  }
  return out
}

function Extra({ doing: { may, decision }, record: c }: { doing: Doing; record: CaseRecord }) {
  const { t } = useTranslation()
  const text = useText()
  const step = (key: string) => text(c.definition?.steps?.find((s) => s.key === key)?.title) || key
  if (may.act === 'comment') return <Reason label={t('procedure.act.comment')} needed />
  if (may.act === 'attach') return <Files />
  if (may.act === 'link') return <Link own={c.id} />
  return (
    <>
      {may.act === 'return' && (
        <Pick
          name="to"
          label={t('procedure.act.to')}
          options={may.choices.map((k) => ({ value: k, label: step(k) }))}
        />
      )}
      {may.act === 'pause' && (
        <Pick
          name="what"
          label={t('procedure.act.why_pause')}
          options={may.choices.map((k) => ({ value: k, label: titleOf(c, k, text) }))}
        />
      )}
      {personal.includes(may.act) && <Person />}
      {decision && <Reason label={t('procedure.act.opinion')} needed={decision === 'reject'} />}
      {reasoned.includes(may.act) && <Reason label={t('procedure.act.reason')} needed />}
    </>
  )
}

function Reason({ label, needed }: { label: string; needed: boolean }) {
  const { t } = useTranslation()
  return (
    <Form.Item
      name="reason"
      label={label}
      required={needed}
      rules={needed ? [{ required: true, whitespace: true, message: t('form.required', { field: label }) }] : []}
    >
      <Input.TextArea rows={4} maxLength={20_000} />
    </Form.Item>
  )
}

function Pick({ name, label, options }: { name: string; label: string; options: { value: string; label: string }[] }) {
  const { t } = useTranslation()
  return (
    <Form.Item
      name={name}
      label={label}
      required
      initialValue={options.length === 1 ? options[0]?.value : undefined}
      rules={[{ required: true, message: t('form.required', { field: label }) }]}
    >
      <Select options={options} />
    </Form.Item>
  )
}

function Person() {
  const { t } = useTranslation()
  const { data } = usePeople()
  const label = t('procedure.act.person')
  return (
    <Form.Item
      name="person"
      label={label}
      required
      rules={[{ required: true, message: t('form.required', { field: label }) }]}
    >
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        options={data?.items.map((p) => ({ value: p.id, label: p.name }))}
      />
    </Form.Item>
  )
}

function Files() {
  const { t } = useTranslation()
  const label = t('procedure.record.files')
  return (
    <Form.Item
      name="files"
      label={label}
      required
      rules={[{ required: true, message: t('form.required', { field: label }) }]}
    >
      <FilesInput />
    </Form.Item>
  )
}

function Link({ own }: { own: string }) {
  const { t } = useTranslation()
  const { data } = api.useQuery('get', '/api/v1/cases', { params: { query: { sort: 'newest', limit: 50 } } })
  return (
    <>
      <Pick
        name="other_id"
        label={t('procedure.act.other')}
        options={(data?.items ?? [])
          .filter((x) => x.id !== own)
          .map((x) => ({ value: x.id, label: `${x.number} ${x.title}` }))}
      />
      <Pick
        name="link"
        label={t('procedure.act.how_linked')}
        options={links.map((l) => ({ value: l, label: t(`procedure.link.${l}`) }))}
      />
    </>
  )
}
