import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { FormDrawer } from '@/kit/FormDrawer'
import { useText } from '@/kit/text'
import { type Article, ifMatch, useSettle } from './data'

/** Takes an article away from its readers, with a reason. */
export default function WithdrawForm({ article: a, onClose }: { article: Article; onClose: () => void }) {
  const { t } = useTranslation()
  const text = useText()
  const settle = useSettle()
  const submit = async (v: { reason: string }) => {
    const { data } = await http.POST('/api/v1/articles/{id}/withdraw', {
      params: { path: { id: a.id }, header: ifMatch(a) },
      body: v,
    })
    await settle(data)
  }
  return (
    <FormDrawer<{ reason: string }>
      open
      title={t('knowledge.withdraw_title', { title: text(a.shown.title) })}
      submitText={t('knowledge.withdraw')}
      done={t('knowledge.withdrawn')}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="muted">{t('knowledge.withdraw_text')}</p>
      <Form.Item
        name="reason"
        label={t('knowledge.reason')}
        rules={[{ required: true, whitespace: true, message: t('kit.form.required') }]}
      >
        <Input.TextArea rows={3} maxLength={500} autoFocus />
      </Form.Item>
    </FormDrawer>
  )
}
