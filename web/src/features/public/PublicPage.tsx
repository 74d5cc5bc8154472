import { getRouteApi, Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/kit/EmptyState'
import { QueryView, SkeletonLines } from '@/kit/Loading'
import { Panel, useTitle } from '@/kit/Page'
import { useText } from '@/kit/text'
import { type Key, keyOf, type OpenList, type PublicCase, type Receipt, useOpen } from './data'
import { Follow } from './Follow'
import { Frame } from './Frame'
import { ReceiptPanel } from './ReceiptPanel'
import './public.css'

const StartForm = lazy(() => import('./StartForm'))
const CaseStatus = lazy(() => import('./CaseStatus'))

const route = getRouteApi('/public')

/** What customers meet without an account: begin a matter, follow it, add to it, rate the answer. */
export default function PublicPage() {
  const { t } = useTranslation()
  const list = useOpen()
  const { start } = route.useSearch()
  const [receipt, setReceipt] = useState<Receipt & { phone: string }>()
  const [found, setFound] = useState<{ key: Key; of: PublicCase }>()
  const chosen = start ? list.data?.items.find((o) => keyOf(o) === start) : undefined
  useTitle(t('public.title'))
  if (found)
    return (
      <Frame>
        <Suspense fallback={<SkeletonLines lines={6} />}>
          <CaseStatus
            of={found.of}
            by={found.key}
            limits={list.data}
            onChange={(of) => setFound({ ...found, of })}
            onLeave={() => setFound(undefined)}
          />
        </Suspense>
      </Frame>
    )
  return (
    <Frame>
      <QueryView query={list} lines={6}>
        {(open) => {
          if (!open.on) return <EmptyState title={t('public.off')} hint={t('public.off_hint')} />
          if (receipt)
            return (
              <ReceiptPanel
                of={receipt}
                onFollow={(of) => setFound({ key: receipt, of })}
                onLeave={() => setReceipt(undefined)}
              />
            )
          if (chosen)
            return (
              <Suspense fallback={<SkeletonLines lines={6} />}>
                <StartForm of={chosen} limits={open} onDone={setReceipt} />
              </Suspense>
            )
          return <Home open={open} onFound={(key, of) => setFound({ key, of })} />
        }}
      </QueryView>
    </Frame>
  )
}

function Home({ open, onFound }: { open: OpenList; onFound: (key: Key, of: PublicCase) => void }) {
  const { t } = useTranslation()
  const text = useText()
  return (
    <>
      <div className="public-lead">
        <h1>{t('public.title')}</h1>
        <p className="muted">{t('public.lead')}</p>
      </div>
      <Panel title={t('public.begin')} flush>
        {open.items.length === 0 && <EmptyState title={t('public.none')} hint={t('public.none_hint')} />}
        <ul className="matters">
          {open.items.map((o) => (
            <li key={keyOf(o)}>
              <Link to="/public" search={{ start: keyOf(o) }}>
                <span>
                  <b>{text(o.title)}</b>
                  <small className="muted">{text(o.form)}</small>
                </span>
                <ChevronRight size={16} strokeWidth={1.75} aria-hidden />
              </Link>
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={t('public.follow.title')}>
        <Follow onFound={onFound} />
      </Panel>
      <Panel flush>
        <ul className="matters">
          <li>
            <Link to="/public/articles">
              <span>
                <b>{t('public.articles.title')}</b>
                <small className="muted">{t('public.articles.lead')}</small>
              </span>
              <ChevronRight size={16} strokeWidth={1.75} aria-hidden />
            </Link>
          </li>
        </ul>
      </Panel>
    </>
  )
}
