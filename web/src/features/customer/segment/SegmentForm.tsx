import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { Choice } from '@/kit/Choice'
import { FormDrawer } from '@/kit/FormDrawer'
import type { Group, Segment } from './data'
import { useReloadSegments } from './data'
import { GroupsInput } from './GroupsInput'

interface Values {
  name: string
  note?: string
  mode: Segment['mode']
  groups?: Group[]
}

/** The form of a segment. Its mode is fixed once it exists, because the members come from it. */
export default function SegmentForm({
  segment: s,
  onClose,
  onSaved,
}: {
  segment?: Segment
  onClose: () => void
  onSaved: (s: Segment) => void
}) {
  const { t } = useTranslation()
  const reload = useReloadSegments()
  const submit = async (v: Values) => {
    const mode = s?.mode ?? v.mode
    const body = { name: v.name, note: v.note ?? '', mode, groups: mode === 'dynamic' ? (v.groups ?? []) : [] }
    const { data } = s
      ? await http.PUT('/api/v1/segments/{id}', {
          params: { path: { id: s.id }, header: { 'If-Match': `"${s.version}"` } },
          body,
        })
      : await http.POST('/api/v1/segments', { body })
    await reload()
    if (data) onSaved(data)
  }
  return (
    <FormDrawer<Values>
      open
      wide
      title={t(s ? 'customer.segment.edit' : 'customer.segment.create')}
      initial={s ?? { mode: 'dynamic', groups: [{ conditions: [], measures: [] }] }}
      done={t('customer.segment.saved')}
      onSubmit={submit}
      onClose={onClose}
    >
      {(form) => <Items form={form} fixed={s !== undefined} />}
    </FormDrawer>
  )
}

function Items({ form, fixed }: { form: Parameters<typeof Form.useWatch>[1]; fixed: boolean }) {
  const { t } = useTranslation()
  const mode = Form.useWatch('mode', { form: form as never, preserve: true }) as Segment['mode'] | undefined
  return (
    <>
      <Form.Item
        name="name"
        label={t('customer.segment.name')}
        rules={[{ required: true, whitespace: true, message: t('kit.form.required') }]}
      >
        <Input maxLength={60} autoFocus />
      </Form.Item>
      <Form.Item name="note" label={t('customer.segment.note')}>
        <Input.TextArea maxLength={500} rows={2} />
      </Form.Item>
      <Form.Item name="mode" label={t('customer.segment.mode')} extra={t(`customer.segment.${mode ?? 'dynamic'}_hint`)}>
        <ModeInput disabled={fixed} />
      </Form.Item>
      {mode !== 'static' && (
        <Form.Item name="groups" label={t('customer.segment.conditions')}>
          <GroupsInput />
        </Form.Item>
      )}
    </>
  )
}

function ModeInput(p: { value?: Segment['mode']; onChange?: (v: Segment['mode']) => void; disabled: boolean }) {
  const { t } = useTranslation()
  return (
    <Choice
      label={t('customer.segment.mode')}
      disabled={p.disabled}
      value={p.value ?? 'dynamic'}
      onChange={(v) => p.onChange?.(v)}
      options={(['dynamic', 'static'] as const).map((value) => ({ value, label: t(`customer.segment.${value}`) }))}
    />
  )
}
