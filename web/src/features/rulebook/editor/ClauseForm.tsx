import { Button, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormDrawer } from '@/kit/FormDrawer'
import { useConfirm } from '@/kit/useConfirm'
import { type ClauseText, clauseKinds, nextNumber, putClause, takeClause } from './clauses'
import { useEditor } from './context'
import { clauseFile } from './useDraft'

interface Values {
  number: string
  kind: string
  title: { zh: string; en: string }
  text: { zh: string; en: string }
}

/** The words of a clause, in both languages. */
export function ClauseForm(p: {
  clause?: ClauseText
  after?: string
  all: ClauseText[]
  onClose: () => void
  onChoose: (number: string | undefined) => void
}) {
  const { t } = useTranslation()
  const { text } = useEditor()
  const confirm = useConfirm()
  const old = p.clause
  const file = text.files[clauseFile] ?? ''
  const taken = p.all.map((c) => c.number).filter((n) => n !== old?.number)
  const submit = async (v: Values) => {
    text.writeFile(clauseFile, putClause(file, { ...v, marks: old?.marks ?? [] }, old?.number))
    p.onChoose(v.number)
  }
  const remove = async () => {
    if (!old) return
    const sure = await confirm({
      title: t('draft.clause.remove', { number: old.number }),
      text: t('draft.clause.remove_text'),
      ok: t('draft.clause.remove_do'),
      danger: true,
    })
    if (!sure) return
    text.writeFile(clauseFile, takeClause(file, old.number))
    p.onChoose(undefined)
    p.onClose()
  }
  const required = { required: true, message: t('kit.form.required') }
  return (
    <FormDrawer<Values>
      open
      title={old ? t('draft.clause.edit', { number: old.number }) : t('draft.clause.add')}
      initial={old ?? { number: nextNumber(p.all, p.after), kind: 'rule' }}
      onSubmit={submit}
      onClose={p.onClose}
    >
      <div className="two">
        <Form.Item
          name="number"
          label={t('draft.clause.number')}
          rules={[
            required,
            { pattern: /^[0-9A-Za-z]+([.-][0-9A-Za-z]+)*$/, message: t('draft.clause.number_hint') },
            {
              validator: (_, v) =>
                taken.includes(v) ? Promise.reject(new Error(t('draft.key_taken'))) : Promise.resolve(),
            },
          ]}
        >
          <Input className="num" />
        </Form.Item>
        <Form.Item name="kind" label={t('draft.clause.kind')}>
          <Select options={clauseKinds.map((k) => ({ value: k, label: t(`rulebook.kind.${k}`) }))} />
        </Form.Item>
      </div>
      <div className="two">
        <Form.Item name={['title', 'zh']} label={t('draft.title_zh')} rules={[required]}>
          <Input />
        </Form.Item>
        <Form.Item name={['title', 'en']} label={t('draft.title_en')} rules={[required]}>
          <Input />
        </Form.Item>
      </div>
      <Form.Item name={['text', 'zh']} label={t('draft.clause.text_zh')} rules={[required]}>
        <Input.TextArea rows={6} />
      </Form.Item>
      <Form.Item name={['text', 'en']} label={t('draft.clause.text_en')} rules={[required]}>
        <Input.TextArea rows={6} />
      </Form.Item>
      {old && (
        <Button danger onClick={() => void remove()}>
          {t('draft.clause.remove_do')}
        </Button>
      )}
    </FormDrawer>
  )
}
