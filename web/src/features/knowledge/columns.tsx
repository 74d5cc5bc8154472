import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { DateText } from '@/kit/DateText'
import { Num } from '@/kit/Money'
import type { Column } from '@/kit/tableLayout'
import { useText } from '@/kit/text'
import type { Item } from './data'
import { ArticleState, Tags } from './words'

/** useColumns gives the columns of the list of articles. */
export function useColumns(): Column<Item>[] {
  const { t } = useTranslation()
  const text = useText()
  return [
    {
      key: 'title',
      title: t('knowledge.title'),
      width: 340,
      fixed: true,
      locked: true,
      sortable: true,
      render: (a) => (
        <Link className="link" to="/knowledge/$id" params={{ id: a.id }}>
          {text(a.title)}
        </Link>
      ),
    },
    { key: 'state', title: t('knowledge.state'), width: 140, render: (a) => <ArticleState of={a} /> },
    { key: 'tags', title: t('knowledge.tags'), width: 220, render: (a) => <Tags of={a.tags} /> },
    {
      key: 'audience',
      title: t('knowledge.audience'),
      width: 90,
      render: (a) => t(`knowledge.audiences.${a.audience}`),
    },
    {
      key: 'uses',
      title: t('knowledge.uses'),
      width: 100,
      align: 'right',
      sortable: true,
      render: (a) => <Num value={a.uses} />,
    },
    { key: 'keeper', title: t('knowledge.keeper'), width: 110, render: (a) => a.keeper.name || '—' },
    {
      key: 'review',
      title: t('knowledge.review'),
      width: 120,
      sortable: true,
      render: (a) => (
        <span className={a.review_due ? 'article-due' : undefined}>
          <DateText value={a.review_on} />
        </span>
      ),
    },
    {
      key: 'updated',
      title: t('knowledge.updated'),
      width: 120,
      sortable: true,
      render: (a) => <DateText value={a.updated_at} />,
    },
    {
      key: 'lang',
      title: t('knowledge.lacks'),
      width: 110,
      optional: true,
      render: (a) => (a.title.zh && a.title.en ? '—' : t(`knowledge.lang.${a.title.zh ? 'en' : 'zh'}`)),
    },
  ]
}
