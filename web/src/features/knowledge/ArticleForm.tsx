import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { Choice } from '@/kit/Choice'
import { DateInput } from '@/kit/DateInput'
import { FormDrawer } from '@/kit/FormDrawer'
import { Markdown } from '@/kit/Markdown'
import { type Article, ifMatch, usePeople, useSettle, useTags } from './data'
import './knowledge.css'

interface Values {
  title: { zh?: string; en?: string }
  body: { zh?: string; en?: string }
  tags?: string[]
  audience: Article['audience']
  keeper_id?: string
  review_on?: string
  note?: string
}

interface Props {
  article?: Article
  onClose: () => void
  onSaved: (a: Article) => void
}

/** Writes an article, or its next version: two languages, each with its preview. */
export default function ArticleForm({ article: a, onClose, onSaved }: Props) {
  const { t } = useTranslation()
  const settle = useSettle()
  const newest = a && (a.draft ?? a.shown)
  const submit = async (v: Values) => {
    const words = (w: { zh?: string; en?: string }) => ({ zh: w.zh ?? '', en: w.en ?? '' })
    const body = { ...v, title: words(v.title), body: words(v.body) }
    const { data } = a
      ? await http.PUT('/api/v1/articles/{id}', { params: { path: { id: a.id }, header: ifMatch(a) }, body })
      : await http.POST('/api/v1/articles', { body })
    await settle(data)
    if (data) onSaved(data)
  }
  return (
    <FormDrawer<Values>
      open
      wide
      title={t(a ? 'knowledge.form_edit' : 'knowledge.form_new')}
      initial={
        a && newest
          ? {
              title: newest.title,
              body: newest.body,
              tags: a.tags,
              audience: a.audience,
              keeper_id: a.keeper.name ? a.keeper.id : undefined,
              review_on: a.review_on || undefined,
            }
          : { audience: 'internal', title: {}, body: {} }
      }
      done={t('knowledge.saved')}
      onSubmit={submit}
      onClose={onClose}
    >
      <Language lang="zh" first />
      <Language lang="en" />
      <Particulars published={a?.state === 'published'} />
    </FormDrawer>
  )
}

const ROWS = 9

function Language({ lang, first }: { lang: 'zh' | 'en'; first?: boolean }) {
  const { t } = useTranslation()
  const text = (Form.useWatch(['body', lang]) as string | undefined) ?? ''
  return (
    <>
      <Form.Item name={['title', lang]} label={t(`knowledge.title_${lang}`)}>
        <Input maxLength={200} autoFocus={first} />
      </Form.Item>
      <Form.Item name={['body', lang]} label={t(`knowledge.body_${lang}`)} extra={first && t('knowledge.body_hint')}>
        <Input.TextArea rows={ROWS} maxLength={40_000} />
      </Form.Item>
      {text.trim() !== '' && (
        <details className="article-preview">
          <summary>{t('knowledge.preview')}</summary>
          <Markdown text={text} lang={lang} />
        </details>
      )}
    </>
  )
}

function Particulars({ published }: { published: boolean }) {
  const { t } = useTranslation()
  const tags = useTags()
  const people = usePeople()
  return (
    <>
      <Form.Item name="tags" label={t('knowledge.tags')} extra={t('knowledge.tags_hint')}>
        <Select
          mode="tags"
          tokenSeparators={[',', '，']}
          options={tags.data?.items.map((x) => ({ value: x.tag, label: x.tag }))}
        />
      </Form.Item>
      <div className="two">
        <Form.Item name="keeper_id" label={t('knowledge.keeper')}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('knowledge.me')}
            options={people.data?.items.filter((p) => p.active).map((p) => ({ value: p.id, label: p.name }))}
          />
        </Form.Item>
        <Form.Item name="review_on" label={t('knowledge.review')} extra={t('knowledge.review_hint')}>
          <DateInput />
        </Form.Item>
      </div>
      <Form.Item name="audience" label={t('knowledge.audience')} extra={t('knowledge.audience_hint')}>
        <AudienceInput />
      </Form.Item>
      <Form.Item name="note" label={t('knowledge.why')} extra={published && t('knowledge.why_hint')}>
        <Input maxLength={500} />
      </Form.Item>
    </>
  )
}

function AudienceInput(p: { value?: Article['audience']; onChange?: (v: Article['audience']) => void }) {
  const { t } = useTranslation()
  return (
    <Choice
      label={t('knowledge.audience')}
      value={p.value ?? 'internal'}
      onChange={(v) => p.onChange?.(v)}
      options={(['internal', 'public'] as const).map((value) => ({ value, label: t(`knowledge.audiences.${value}`) }))}
    />
  )
}
