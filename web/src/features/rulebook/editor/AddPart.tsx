import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormDrawer } from '@/kit/FormDrawer'
import { useEditor } from './context'
import { useClauseOptions } from './FieldInput'
import { freshEntry } from './parts'
import { keysAt, type Path } from './yaml'
import { put } from './yamlEdit'

interface Values {
  zh: string
  en: string
  name: string
  clause?: string
}

/** Asks what a new named part is called, and which clause it carries out. */
export function AddPart(p: {
  section: string
  title: string
  clause?: string
  /** Where it is written; without it the section itself. */
  at?: Path
  onClose: () => void
}) {
  const { t } = useTranslation()
  const { y, text } = useEditor()
  const clauses = useClauseOptions()
  const at = p.at ?? [p.section]
  const taken = keysAt(y, at)
  const submit = async (v: Values) => {
    text.change((now) =>
      put(now, [...at, v.name], freshEntry(now, p.section, v.clause, { zh: v.zh.trim(), en: v.en.trim() })),
    )
  }
  const required = { required: true, message: t('kit.form.required') }
  return (
    <FormDrawer<Values>
      open
      title={t('draft.add', { name: p.title })}
      initial={{ clause: p.clause }}
      submitText={t('draft.add_do')}
      onSubmit={submit}
      onClose={p.onClose}
    >
      <div className="two">
        <Form.Item name="zh" label={t('draft.title_zh')} rules={[required]}>
          <Input />
        </Form.Item>
        <Form.Item name="en" label={t('draft.title_en')} rules={[required]}>
          <Input />
        </Form.Item>
      </div>
      <Form.Item
        name="name"
        label={t('draft.key')}
        extra={t('draft.key_hint')}
        rules={[
          required,
          { pattern: /^[a-z][a-z0-9_]*$/, message: t('draft.key_hint') },
          {
            validator: (_, v) =>
              taken.includes(v) ? Promise.reject(new Error(t('draft.key_taken'))) : Promise.resolve(),
          },
        ]}
      >
        <Input className="num" />
      </Form.Item>
      <Form.Item name="clause" label={t('rulebook.clause')}>
        <Select allowClear showSearch={{ optionFilterProp: 'label' }} options={clauses} />
      </Form.Item>
    </FormDrawer>
  )
}
