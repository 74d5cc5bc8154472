import { App, Button, Form } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { type ApiError, asApiError, sentence } from '@/api/error'
import { useKeyFor } from '@/api/useKeyFor'
import { CustomerSelect } from '@/kit/CustomerSelect'
import { ErrorState } from '@/kit/ErrorState'
import { placeErrors } from '@/kit/FormDrawer'
import { Panel } from '@/kit/Page'
import { useShortcut } from '@/kit/useShortcut'
import { answersOf, formOf, type Register, useRefreshLines, type Values } from './data'
import { FormFields } from './FormFields'

interface EntryValues {
  customer_id?: string
  answers?: Values
}

/** Enters one line after the other without leaving the keyboard: Tab from field to field, Enter enters. */
export default function RegisterEntry({ register: r }: { register: Register }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [form] = Form.useForm<EntryValues>()
  const refresh = useRefreshLines()
  const box = useRef<HTMLDivElement>(null)
  const [keyFor, done] = useKeyFor()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ApiError>()
  const d = r.definition
  const fields = formOf(d, d?.start.form)?.fields ?? []
  const first = () => box.current?.querySelector<HTMLElement>('input')?.focus()
  useEffect(first, [])
  const enter = (e: KeyboardEvent) => {
    e.preventDefault()
    first()
  }
  useShortcut('n', enter, { label: t('procedure.register.enter') })
  const named = (name: string) => {
    for (const f of fields)
      if (f.from === 'customer.name' && f.type === 'text') form.setFieldValue(['answers', f.key], name)
  }
  const submit = async (v: EntryValues) => {
    setBusy(true)
    setFailure(undefined)
    try {
      const body = {
        rulebook: r.rulebook,
        procedure: r.procedure.key,
        customer_id: v.customer_id,
        answers: await answersOf(fields, v.answers ?? {}),
      }
      const { data } = await http.POST('/api/v1/cases', { params: { header: keyFor(body) }, body })
      done()
      form.resetFields()
      first()
      refresh()
      if (data) void message.success(t('procedure.register.entered_as', { number: data.number }))
    } catch (e) {
      setFailure(placeErrors(asApiError(e), form as never, (code, args) => sentence(t, code, args)))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Panel title={t('procedure.register.enter')} extra={<span className="muted">{t('procedure.register.keys')}</span>}>
      <div ref={box}>
        {failure && <ErrorState inline error={failure} />}
        <Form<EntryValues> form={form} layout="vertical" className="register-entry" onFinish={(v) => void submit(v)}>
          <Form.Item
            name="customer_id"
            label={t('procedure.customer')}
            required={d?.about === 'customer'}
            rules={
              d?.about === 'customer' ? [{ required: true, message: t('procedure.start.needs_customer') }] : undefined
            }
          >
            <CustomerSelect onName={named} />
          </Form.Item>
          <FormFields fields={fields} at={['answers']} />
          <Form.Item label=" " className="register-go">
            <Button type="primary" htmlType="submit" loading={busy}>
              {t('procedure.register.do')}
            </Button>
          </Form.Item>
        </Form>
      </div>
    </Panel>
  )
}
