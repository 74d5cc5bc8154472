import { useQueryClient } from '@tanstack/react-query'
import { Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { http, type Schemas } from '@/api/client'
import { DateInput } from '@/kit/DateInput'
import { FormDrawer } from '@/kit/FormDrawer'
import { useText } from '@/kit/text'
import { usePeople, useUnits } from './data'

interface Values {
  post: string
  user_id: string
  unit_id?: string
  from?: string
  until?: string
}

interface Props {
  posts: Schemas['ProcedurePostView'][]
  /** The post that is given; empty: it is chosen in the form. */
  post: string
  onClose: () => void
}

/** Gives a post to a person, in one unit or everywhere, for a time. */
export default function PostForm({ posts, post, onClose }: Props) {
  const { t } = useTranslation()
  const text = useText()
  const client = useQueryClient()
  const units = useUnits()
  const people = usePeople()
  const required = { required: true, message: t('kit.form.required') }
  const save = async (v: Values) => {
    await http.POST('/api/v1/posts', { body: { ...v, unit_id: v.unit_id || undefined } })
    await client.invalidateQueries({ queryKey: ['get', '/api/v1/posts'] })
  }
  return (
    <FormDrawer<Values>
      open
      title={t('post.give')}
      initial={{ post: post || undefined }}
      done={t('post.given')}
      onSubmit={save}
      onClose={onClose}
    >
      <Form.Item name="post" label={t('post.post')} rules={[required]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={posts.map((p) => ({ value: p.post, label: text(p.title) || p.post }))}
        />
      </Form.Item>
      <Form.Item name="user_id" label={t('post.person')} rules={[required]}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={people} />
      </Form.Item>
      <Form.Item name="unit_id" label={t('post.unit')} extra={t('post.unit_hint')}>
        <Select
          allowClear
          placeholder={t('post.everywhere')}
          showSearch={{ optionFilterProp: 'label' }}
          options={units.tree.map((b) => ({ value: b.unit.id, label: units.name(b.unit) }))}
        />
      </Form.Item>
      <div className="two">
        <Form.Item name="from" label={t('post.from')} extra={t('post.from_hint')}>
          <DateInput />
        </Form.Item>
        <Form.Item name="until" label={t('post.until')} extra={t('post.until_hint')}>
          <DateInput />
        </Form.Item>
      </div>
    </FormDrawer>
  )
}
