import { useNavigate } from '@tanstack/react-router'
import { Button, Form, type FormInstance, Input } from 'antd'
import { ArrowLeft } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { type ApiError, asApiError, sentence } from '@/api/error'
import { useKeyFor } from '@/api/useKeyFor'
import { ErrorState } from '@/kit/ErrorState'
import { FilesInput } from '@/kit/Evidence'
import { markRequired, placeErrors, useLeaveGuard } from '@/kit/FormDrawer'
import { FormFields, type SpecialInput } from '@/kit/FormFields'
import { answersOf, type Values } from '@/kit/formAnswers'
import { Panel } from '@/kit/Page'
import { useText } from '@/kit/text'
import { fileSize } from '@/kit/UploadDrop'
import { ACCEPT, type Open, type OpenList, type Receipt, sendFiles } from './data'

interface FormValues {
  phone: string
  answers?: Values
}

interface Props {
  of: Open
  limits: OpenList
  onDone: (receipt: Receipt & { phone: string }) => void
}

/** The start form of a procedure, as the regulation has it, and the phone by which the matter is followed. */
export default function StartForm({ of: open, limits, onDone }: Props) {
  const { t } = useTranslation()
  const text = useText()
  const navigate = useNavigate()
  const [keyFor] = useKeyFor()
  const [form] = Form.useForm<FormValues>()
  const [busy, setBusy] = useState(false)
  const [dirty, setDirty] = useState(false)
  const [failure, setFailure] = useState<ApiError>()
  useLeaveGuard(dirty)
  const special = useMemo<SpecialInput>(
    () => (f, input) =>
      f.type === 'file' ? (
        <FilesInput
          {...input}
          accept={ACCEPT}
          maxBytes={limits.max_upload}
          hint={t('public.files_hint', { count: limits.max_files, size: fileSize(limits.max_upload) })}
        />
      ) : undefined,
    [limits, t],
  )
  const submit = async (v: FormValues) => {
    setBusy(true)
    setFailure(undefined)
    try {
      const body = {
        rulebook: open.rulebook,
        procedure: open.procedure,
        phone: v.phone,
        answers: await answersOf(open.fields, v.answers ?? {}, sendFiles),
      }
      const { data } = await http.POST('/api/v1/public/cases', { params: { header: keyFor(body) }, body })
      setDirty(false)
      if (data) onDone({ ...data, phone: v.phone })
    } catch (e) {
      setFailure(placeErrors(asApiError(e), form as unknown as FormInstance, (code, args) => sentence(t, code, args)))
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <button type="button" className="back" onClick={() => void navigate({ to: '/public', search: {} })}>
        <ArrowLeft size={14} />
        {t('public.back')}
      </button>
      <div className="public-lead">
        <h1>{text(open.title)}</h1>
      </div>
      <Panel title={text(open.form)}>
        {failure && <ErrorState inline error={failure} />}
        <Form<FormValues>
          form={form}
          layout="vertical"
          requiredMark={markRequired}
          validateTrigger="onBlur"
          scrollToFirstError={{ focus: true }}
          onValuesChange={() => setDirty(true)}
          onFinish={(v) => void submit(v)}
        >
          <Form.Item
            name="phone"
            label={t('public.phone')}
            required
            extra={t('public.phone_hint')}
            rules={[{ required: true, message: t('form.required', { field: t('public.phone') }) }]}
          >
            <Input className="num" inputMode="tel" autoComplete="tel" maxLength={60} />
          </Form.Item>
          <FormFields fields={open.fields} at={['answers']} special={special} />
          <Button type="primary" size="large" block htmlType="submit" loading={busy}>
            {t('public.send')}
          </Button>
        </Form>
      </Panel>
    </>
  )
}
