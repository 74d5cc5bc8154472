import { Form } from 'antd'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { DateInput } from '@/kit/DateInput'
import { FormDrawer } from '@/kit/FormDrawer'
import { civil } from '@/kit/format'
import { useText } from '@/kit/text'
import type { SchemeOf } from './GradingPage'
import { useRunsChanged } from './RunningRuns'

/** Starts a run as of a day. */
export function StartDrawer({ scheme, onClose }: { scheme: SchemeOf; onClose: () => void }) {
  const { t } = useTranslation()
  const text = useText()
  const changed = useRunsChanged()
  const today = civil(new Date())
  const submit = async (v: { as_of: string }) => {
    await http.POST('/api/v1/gradings', { body: { rulebook: scheme.rulebook, as_of: v.as_of } })
    changed()
  }
  return (
    <FormDrawer<{ as_of: string }>
      open
      title={t('grading.start.title', { rulebook: text(scheme.title) })}
      initial={{ as_of: today }}
      submitText={t('grading.start.submit')}
      done={t('grading.start.done')}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="form-about muted">{t('grading.start.hint')}</p>
      <Form.Item
        name="as_of"
        label={t('grading.as_of_short')}
        extra={t('grading.start.as_of_hint')}
        rules={[{ required: true, message: t('kit.form.required') }]}
      >
        <DateInput max={today} />
      </Form.Item>
    </FormDrawer>
  )
}
