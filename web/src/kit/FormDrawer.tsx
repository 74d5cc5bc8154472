import { App, Button, Drawer, Form, type FormInstance } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, asApiError, sentence } from '@/api/error'
import { ErrorState } from './ErrorState'
import { fieldName } from './formErrors'
import { useConfirm } from './useConfirm'
import { useMobile } from './useMobile'

const WIDTH_PX = 480
const WIDE_PX = 760

interface Props<V extends object> {
  open: boolean
  /** For what does not fit into one column. */
  wide?: boolean
  title: string
  initial?: Partial<V>
  /** Saves; a thrown ApiError stays on the form, its fields beside theirs. */
  onSubmit: (values: V) => Promise<unknown>
  onClose: () => void
  submitText?: string
  /** Said after a success. */
  done?: string
  /** `Form.Item`s with `name` and `label`; wrap pairs in `<div className="two">`. */
  children: ReactNode | ((form: FormInstance<V>) => ReactNode)
}

/** A form in a drawer. It keeps what was typed across errors and sign-in, and asks before throwing it away. */
export function FormDrawer<V extends object>(p: Props<V>) {
  const { t } = useTranslation()
  const mobile = useMobile()
  const confirm = useConfirm()
  const { message } = App.useApp()
  const [form] = Form.useForm<V>()
  const [dirty, setDirty] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ApiError>()
  useLeaveGuard(p.open && dirty)

  const close = async () => {
    if (
      dirty &&
      !(await confirm({
        title: t('kit.form.leave'),
        text: t('kit.form.leave_text'),
        ok: t('kit.form.discard'),
        danger: true,
      }))
    )
      return
    setDirty(false)
    setFailure(undefined)
    p.onClose()
  }
  // A field is judged when it is left; what has been found wrong is judged anew with each change, so that a mended field
  // says so at once.
  const changed = (values: Partial<V>) => {
    setDirty(true)
    const wrong = Object.keys(values).filter((name) => form.getFieldError(name as never).length > 0)
    if (wrong.length === 0) return
    // What the server refused is forgotten; a field without rules of its own would keep it for ever.
    form.setFields(wrong.map((name) => ({ name, errors: [] })) as never)
    form.validateFields(wrong as never).catch(() => undefined)
  }
  const submit = async (values: V) => {
    setBusy(true)
    setFailure(undefined)
    try {
      await p.onSubmit(values)
      setDirty(false)
      if (p.done) void message.success(p.done)
      p.onClose()
    } catch (e) {
      setFailure(placeErrors(asApiError(e), form as unknown as FormInstance, (code, args) => sentence(t, code, args)))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Drawer
      open={p.open}
      title={p.title}
      size={mobile ? '100%' : p.wide ? WIDE_PX : WIDTH_PX}
      onClose={() => void close()}
      destroyOnHidden
      maskClosable={!dirty}
      footer={
        <div className="form-foot">
          <Button onClick={() => void close()}>{t('kit.cancel')}</Button>
          <Button type="primary" loading={busy} onClick={() => form.submit()}>
            {p.submitText ?? t('kit.save')}
          </Button>
        </div>
      }
    >
      {failure && <ErrorState inline error={failure} />}
      <Form<V>
        form={form}
        layout="vertical"
        requiredMark={markRequired}
        initialValues={p.initial}
        validateTrigger="onBlur"
        scrollToFirstError={{ focus: true }}
        onValuesChange={(values) => changed(values as Partial<V>)}
        onFinish={(v) => void submit(v)}
      >
        {typeof p.children === 'function' ? p.children(form) : p.children}
      </Form>
    </Drawer>
  )
}

/** The required mark stands after the label. */
export function markRequired(label: ReactNode, { required }: { required: boolean }) {
  return (
    <>
      {label}
      {required && <span className="required">*</span>}
    </>
  )
}

/**
 * Puts the refused fields beside their inputs; what remains (no fields, or fields the form does not
 * show) is returned for the head of the form.
 */
export function placeErrors(
  e: ApiError,
  form: Pick<FormInstance, 'setFields' | 'getFieldInstance' | 'scrollToField'>,
  words: (code: string, args: Record<string, unknown>) => string,
): ApiError | undefined {
  const shown = e.fields.filter((f) => form.getFieldInstance(fieldName(f.path)) !== undefined)
  form.setFields(shown.map((f) => ({ name: fieldName(f.path), errors: [words(f.code, f.args)] })) as never)
  const first = shown[0]
  if (first) form.scrollToField(fieldName(first.path), { block: 'center', focus: true })
  const rest = e.fields.filter((f) => !shown.includes(f))
  if (shown.length > 0 && rest.length === 0) return undefined
  const hidden = rest[0]
  return hidden ? new ApiError(e.status, hidden.code, hidden.args) : e
}

/** Asks the browser to hold back a reload or a closed tab while there is something unsaved. */
export function useLeaveGuard(on: boolean): void {
  useEffect(() => {
    if (!on) return
    const hold = (e: BeforeUnloadEvent) => e.preventDefault()
    window.addEventListener('beforeunload', hold)
    return () => window.removeEventListener('beforeunload', hold)
  }, [on])
}
