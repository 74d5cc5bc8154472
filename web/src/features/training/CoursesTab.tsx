import { App, Button } from 'antd'
import { Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas, useRefreshUnder } from '@/api/client'
import { asApiError, sentence } from '@/api/error'
import { upload } from '@/api/upload'
import { EmptyState } from '@/kit/EmptyState'
import { ErrorState } from '@/kit/ErrorState'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { StatusDot } from '@/kit/StatusDot'
import { UploadDrop } from '@/kit/UploadDrop'
import { useConfirm } from '@/kit/useConfirm'

const CourseForm = lazy(() => import('./CourseForm'))

type Course = Schemas['TrainingCourseView']

const MAX_BYTES = 8 * 1024 * 1024
const tones = { draft: 'neutral', published: 'ok', withdrawn: 'warn' } as const

/** The courses with their drafts, and certificates from elsewhere. */
export default function CoursesTab({ open, onOpen }: { open?: string; onOpen: (id?: string) => void }) {
  const { t } = useTranslation()
  const query = api.useQuery('get', '/api/v1/training/courses')
  const act = useActs()
  const add = (
    <Button type="primary" icon={<Plus size={16} strokeWidth={1.75} />} onClick={() => onOpen('new')}>
      {t('training.add')}
    </Button>
  )
  return (
    <QueryView query={query} lines={8}>
      {({ items }) => (
        <>
          {items.length === 0 ? (
            <EmptyState title={t('training.no_courses')} hint={t('training.write_hint')} actions={add} />
          ) : (
            <Panel title={t('training.tab.courses')} extra={add}>
              <PlainTable<Course>
                rows={items}
                rowKey={(c) => c.id}
                columns={[
                  {
                    key: 'title',
                    title: t('training.course'),
                    head: true,
                    render: (c) => (
                      <button type="button" className="text-button" onClick={() => onOpen(c.id)}>
                        {c.title}
                      </button>
                    ),
                  },
                  { key: 'topic', title: t('training.topic'), render: (c) => c.topic },
                  {
                    key: 'state',
                    title: t('training.state'),
                    render: (c) => <StatusDot label={t(`training.states.${c.state}`)} tone={tones[c.state]} />,
                  },
                  { key: 'edition', title: t('training.edition'), num: true, right: true, render: (c) => c.edition },
                  {
                    key: 'asked',
                    title: t('training.question_count'),
                    num: true,
                    right: true,
                    render: (c) => c.questions.length,
                  },
                  {
                    key: 'act',
                    title: '',
                    right: true,
                    render: (c) => (
                      <>
                        <Button size="small" type="text" onClick={() => void act(c, 'publish')}>
                          {t(c.edition === 0 ? 'training.publish' : 'training.publish_again')}
                        </Button>
                        {c.state === 'published' && (
                          <Button size="small" type="text" onClick={() => void act(c, 'withdraw')}>
                            {t('training.withdraw')}
                          </Button>
                        )}
                      </>
                    ),
                  },
                ]}
              />
            </Panel>
          )}
          <Import />
          <Suspense>
            {open && (open === 'new' || items.some((c) => c.id === open)) && (
              <CourseForm course={items.find((c) => c.id === open)} onClose={() => onOpen(undefined)} />
            )}
          </Suspense>
        </>
      )}
    </QueryView>
  )
}

/** useActs publishes or ends a course, after asking. */
function useActs() {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const refresh = useRefreshUnder('/api/v1/training')
  return (c: Course, act: 'publish' | 'withdraw') =>
    confirm({
      title: t(`training.${act}_title`, { title: c.title }),
      text: t(`training.${act}_text`),
      ok: t(`training.${act}`),
      danger: act === 'withdraw',
      action: async () => {
        const params = { path: { id: c.id }, header: { 'If-Match': `"${c.version}"` } }
        if (act === 'publish') await http.POST('/api/v1/training/courses/{id}/publish', { params })
        else await http.POST('/api/v1/training/courses/{id}/withdraw', { params })
        await refresh()
      },
    })
}

/** Takes over certificates issued elsewhere. */
function Import() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const refresh = useRefreshUnder('/api/v1/training')
  const [failure, setFailure] = useState<unknown>()
  const send = async (file?: File) => {
    if (!file) return
    setFailure(undefined)
    try {
      const out = await upload<Schemas['TrainingOutcomeView']>(
        `/api/v1/training/certificates/sheet?name=${encodeURIComponent(file.name)}`,
        file,
      )
      void message.success(t('training.imported', { added: out.added, unchanged: out.unchanged }))
      await refresh()
    } catch (e) {
      setFailure(e)
    }
  }
  const wrong = failure === undefined ? [] : asApiError(failure).fields
  return (
    <Panel title={t('training.import')}>
      <UploadDrop
        accept=".xlsx,.csv"
        maxBytes={MAX_BYTES}
        hint={t('training.import_hint')}
        onFiles={(f) => void send(f[0])}
      />
      {failure !== undefined && <ErrorState error={asApiError(failure)} inline />}
      {wrong.length > 0 && (
        <ul>
          {wrong.slice(0, 20).map((f) => (
            <li key={`${f.path}-${f.code}`}>
              {t('training.line', { where: f.path.replace(/^row /, '') })} {sentence(t, f.code, f.args)}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
