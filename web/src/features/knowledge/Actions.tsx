import { App, Button } from 'antd'
import { Pencil, Printer } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { useText } from '@/kit/text'
import { useConfirm } from '@/kit/useConfirm'
import { type Article, ifMatch, useSettle } from './data'

const ReviewForm = lazy(() => import('./ReviewForm'))
const WithdrawForm = lazy(() => import('./WithdrawForm'))

/** What I may do with an article. */
export function Actions({ article: a, onEdit }: { article: Article; onEdit: () => void }) {
  const { t } = useTranslation()
  const text = useText()
  const confirm = useConfirm()
  const settle = useSettle()
  const { message } = App.useApp()
  const [doing, setDoing] = useState<'review' | 'withdraw'>()
  const newest = a.draft ?? a.shown
  const publish = () =>
    confirm({
      title: t('knowledge.publish_title', { title: text(newest.title) }),
      text: t(a.audience === 'public' ? 'knowledge.publish_public' : 'knowledge.publish_text', { no: newest.no }),
      ok: t('knowledge.publish'),
      action: async () => {
        const { data } = await http.POST('/api/v1/articles/{id}/publish', {
          params: { path: { id: a.id }, header: ifMatch(a) },
        })
        await settle(data)
        void message.success(t('knowledge.published'))
      },
    })
  const waits = a.state !== 'published' || a.revised
  return (
    <>
      <Button icon={<Printer size={16} strokeWidth={1.75} />} onClick={() => window.print()}>
        {t('knowledge.print')}
      </Button>
      {a.may_publish && a.state === 'published' && (
        <Button onClick={() => setDoing('withdraw')}>{t('knowledge.withdraw')}</Button>
      )}
      {a.may_edit && a.state === 'published' && (
        <Button onClick={() => setDoing('review')}>{t('knowledge.review_do')}</Button>
      )}
      {a.may_edit && (
        <Button icon={<Pencil size={16} strokeWidth={1.75} />} onClick={onEdit}>
          {t('knowledge.edit')}
        </Button>
      )}
      {a.may_publish && waits && (
        <Button type="primary" onClick={() => void publish()}>
          {t('knowledge.publish')}
        </Button>
      )}
      <Suspense>
        {doing === 'review' && <ReviewForm article={a} onClose={() => setDoing(undefined)} />}
        {doing === 'withdraw' && <WithdrawForm article={a} onClose={() => setDoing(undefined)} />}
      </Suspense>
    </>
  )
}
