import { Form, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas, useRefreshUnder } from '@/api/client'
import { FilesInput } from '@/kit/Evidence'
import { FormDrawer } from '@/kit/FormDrawer'
import { sendFiles } from '@/kit/sendFiles'
import { QuestionError, readQuestions, writeQuestions } from './questionText'

type Course = Schemas['TrainingCourseView']
type Body = Schemas['TrainingCourseBody']

interface Values extends Omit<Body, 'questions' | 'file_id'> {
  text: string
  files?: File[]
}

const numbers = ['pass_mark', 'attempts', 'shown', 'valid_months', 'remind_days', 'due_days'] as const

const fresh: Partial<Values> = {
  topic: 'secrecy',
  pass_mark: 80,
  attempts: 3,
  shown: 0,
  valid_months: 12,
  remind_days: 30,
  due_days: 30,
  text: '',
}

/** Writes a course; what was published stays until it is published again. */
export default function CourseForm({ course: c, onClose }: { course?: Course; onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const refresh = useRefreshUnder('/api/v1/training')
  const units = api.useQuery('get', '/api/v1/units').data?.items
  const roles = api.useQuery('get', '/api/v1/roles').data?.items
  const submit = async ({ text, files, ...v }: Values) => {
    const sent = await sendFiles(files?.slice(-1) ?? [])
    const body = { ...v, questions: readQuestions(text), file_id: sent[0] ?? c?.file_id ?? '' }
    if (c)
      await http.PUT('/api/v1/training/courses/{id}', {
        params: { path: { id: c.id }, header: { 'If-Match': `"${c.version}"` } },
        body,
      })
    else await http.POST('/api/v1/training/courses', { body })
    await refresh()
  }
  const required = [{ required: true, whitespace: true, message: t('kit.form.required') }]
  return (
    <FormDrawer<Values>
      open
      wide
      title={c ? c.title : t('training.add')}
      initial={c ? { ...c, text: writeQuestions(c.questions) } : fresh}
      done={t('training.saved')}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="two">
        <Form.Item name="title" label={t('training.course')} rules={required}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="topic" label={t('training.topic')} extra={t('training.topic_hint')} rules={required}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="roles" label={t('training.roles')}>
          <Select
            mode="multiple"
            allowClear
            placeholder={t('training.everybody')}
            options={roles?.map((r) => ({ value: r.name, label: t(`admin.role.${r.name}`, { defaultValue: r.name }) }))}
          />
        </Form.Item>
        <Form.Item name="units" label={t('training.units')}>
          <Select
            mode="multiple"
            allowClear
            optionFilterProp="label"
            placeholder={t('training.everybody')}
            options={units?.map((u) => ({
              value: u.id,
              label: (i18n.language === 'en' && u.name_en) || u.name_zh,
            }))}
          />
        </Form.Item>
      </div>
      <Form.Item name="body" label={t('training.body')} extra={t('training.body_hint')}>
        <Input.TextArea rows={8} maxLength={50_000} />
      </Form.Item>
      <Form.Item name="files" label={t('training.file')} extra={c?.file_id ? t('training.file_kept') : undefined}>
        <FilesInput />
      </Form.Item>
      <Form.Item
        name="text"
        label={t('training.question_text')}
        extra={t('training.question_hint')}
        rules={[{ validator: async (_, v: string) => check(v, (line) => t('training.question_wrong', { line })) }]}
      >
        <Input.TextArea rows={10} />
      </Form.Item>
      <div className="two">
        {numbers.map((name) => (
          <Form.Item key={name} name={name} label={t(`training.${name}`)}>
            <InputNumber className="num" min={0} precision={0} style={{ width: '100%' }} />
          </Form.Item>
        ))}
      </div>
    </FormDrawer>
  )
}

/** check refuses questions that cannot be read. */
function check(text: string, say: (line: number) => string): void {
  try {
    readQuestions(text ?? '')
  } catch (e) {
    throw e instanceof QuestionError ? new Error(say(e.line)) : e
  }
}
