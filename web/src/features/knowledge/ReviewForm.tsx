import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { DateInput } from '@/kit/DateInput'
import { FormDrawer } from '@/kit/FormDrawer'
import { useText } from '@/kit/text'
import { type Article, ifMatch, useSettle } from './data'

/** Says that an article still holds, and until when. */
export default function ReviewForm({ article: a, onClose }: { article: Article; onClose: () => void }) {
  const { t } = useTranslation()
  const text = useText()
  const settle = useSettle()
  const submit = async (v: { next_on: string; note?: string }) => {
    const { data } = await http.POST('/api/v1/articles/{id}/reviews', {
      params: { path: { id: a.id }, header: ifMatch(a) },
      body: { next_on: v.next_on, note: v.note },
    })
    await settle(data)
  }
  return (
    <FormDrawer<{ next_on: string; note?: string }>
      open
      title={t('knowledge.review_title', { title: text(a.shown.title) })}
      submitText={t('knowledge.review_do')}
      done={t('knowledge.reviewed')}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="muted">{t('knowledge.review_text')}</p>
      <Form.Item
        name="next_on"
        label={t('knowledge.next_on')}
        rules={[{ required: true, message: t('kit.form.required') }]}
      >
        <DateInput />
      </Form.Item>
      <Form.Item name="note" label={t('knowledge.note')}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  )
}
