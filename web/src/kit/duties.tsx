import { App, Button, Form, type FormInstance, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { http, type Schemas } from '@/api/client'
import { errorText } from '@/api/error'
import { useKeyFor } from '@/api/useKeyFor'
import { DateInput } from './DateInput'
import { FilesInput } from './Evidence'
import { FormDrawer } from './FormDrawer'
import { useFormat } from './format'
import { sendFiles } from './sendFiles'
import { useText } from './text'

export type Duty = Schemas['DutyView']

/** What a list does when a duty changed: `after` is what the server answered. */
export type DutyChanged = (after: Duty, before: Duty) => void

/** Whether a duty is still owed. */
export const isOwed = (d: Duty): boolean => d.state === 'open' || d.state === 'missed'

/** useUndoDuty takes back what was done a moment ago; the list shows it as owed at once. */
export function useUndoDuty(onChanged: DutyChanged): (done: Duty, before: Duty) => Promise<void> {
  const { t } = useTranslation()
  const { message } = App.useApp()
  return async (done, before) => {
    onChanged(before, done)
    try {
      const { data } = await http.POST('/api/v1/duties/{id}/undo', { params: { path: { id: done.id } } })
      if (data) onChanged(data, before)
      void message.info(t('owed.undone'))
    } catch (e) {
      onChanged(done, before)
      void message.error(errorText(t, e))
    }
  }
}

const UNDO_SHOWN_S = 8

interface DoValues {
  on: string
  note?: string
  files?: File[]
  reason?: string
}

/** The evidence form of a duty. What was done can be taken back from the message that follows. */
export function DoDuty(p: { duty?: Duty; today: string; onClose: () => void; onChanged: DutyChanged }) {
  const { t } = useTranslation()
  const text = useText()
  const { message } = App.useApp()
  const undo = useUndoDuty(p.onChanged)
  const [keyFor, done] = useKeyFor()
  const d = p.duty
  const submit = async (v: DoValues) => {
    if (!d) return
    const files = await sendFiles(v.files ?? [])
    const body = { on: v.on, note: v.note?.trim() || undefined, files, reason: v.reason?.trim() || undefined }
    const { data } = await http.POST('/api/v1/duties/{id}/do', {
      params: { path: { id: d.id }, header: keyFor(body) },
      body,
    })
    if (!data) return
    done()
    p.onChanged(data, d)
    const key = `duty-${d.id}`
    void message.success({
      key,
      duration: UNDO_SHOWN_S,
      content: (
        <>
          {t('owed.done')}
          {data.undo_until && (
            <Button
              type="link"
              size="small"
              onClick={() => {
                message.destroy(key)
                void undo(data, d)
              }}
            >
              {t('owed.undo')}
            </Button>
          )}
        </>
      ),
    })
  }
  return (
    <FormDrawer<DoValues>
      open={d !== undefined}
      title={t('owed.do_title', { title: text(d?.title) })}
      initial={{ on: p.today, files: [] }}
      submitText={t('owed.submit')}
      onSubmit={submit}
      onClose={p.onClose}
    >
      {(form) => d && <DoFields form={form} duty={d} today={p.today} />}
    </FormDrawer>
  )
}

function DoFields({ form, duty: d, today }: { form: FormInstance<DoValues>; duty: Duty; today: string }) {
  const { t } = useTranslation()
  const { relativeDay } = useFormat()
  const on = Form.useWatch('on', form)
  const early = on !== undefined && on !== '' && on < d.window_from
  return (
    <>
      <p className="form-about">
        <b>{d.customer.name}</b>
        <span className="muted num">{t('owed.due', { day: relativeDay(d.due_on, today) })}</span>
      </p>
      <Form.Item name="on" label={t('kit.evidence.on')} rules={[{ required: true, message: t('kit.form.required') }]}>
        <DateInput max={today} />
      </Form.Item>
      {early && (
        <Form.Item
          name="reason"
          label={t('owed.reason')}
          extra={t('owed.reason_hint', { day: d.window_from })}
          rules={[{ required: true, whitespace: true, message: t('kit.form.required') }]}
        >
          <Input maxLength={500} />
        </Form.Item>
      )}
      <Form.Item
        name="note"
        label={t('kit.evidence.note')}
        dependencies={['files']}
        rules={[
          {
            validator: async (_, note?: string) => {
              const files = form.getFieldValue('files') as File[] | undefined
              if (!note?.trim() && !files?.length) throw new Error(t('owed.no_evidence'))
            },
          },
        ]}
      >
        <Input.TextArea rows={5} maxLength={2000} autoFocus />
      </Form.Item>
      <Form.Item name="files" className="form-last">
        <FilesInput />
      </Form.Item>
    </>
  )
}

/** The form that excuses a duty. */
export function WaiveDuty(p: { duty?: Duty; onClose: () => void; onChanged: DutyChanged }) {
  const { t } = useTranslation()
  const text = useText()
  const d = p.duty
  const submit = async ({ reason }: { reason: string }) => {
    if (!d) return
    const { data } = await http.POST('/api/v1/duties/{id}/waive', {
      params: { path: { id: d.id } },
      body: { reason: reason.trim() },
    })
    if (data) p.onChanged(data, d)
  }
  return (
    <FormDrawer<{ reason: string }>
      open={d !== undefined}
      title={t('owed.waive_title', { title: text(d?.title) })}
      submitText={t('owed.waive')}
      done={t('owed.waived')}
      onSubmit={submit}
      onClose={p.onClose}
    >
      <p className="form-about">
        <b>{d?.customer.name}</b>
        <span className="muted">{t('owed.waive_hint')}</span>
      </p>
      <Form.Item
        name="reason"
        label={t('owed.waive_reason')}
        rules={[{ required: true, whitespace: true, message: t('kit.form.required') }]}
      >
        <Input.TextArea rows={3} maxLength={500} autoFocus />
      </Form.Item>
    </FormDrawer>
  )
}
