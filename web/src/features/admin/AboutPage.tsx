import { useQuery } from '@tanstack/react-query'
import { ExternalLink } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/api/error'
import { QueryView } from '@/kit/Loading'
import { Fields, Page, Panel } from '@/kit/Page'
import './admin.css'

/** versionOf reads `ok VERSION`, which is all that the health check says. */
export const versionOf = (text: string): string | undefined => /^ok\s+(\S.*)$/.exec(text.trim())?.[1]

async function readVersion(): Promise<string> {
  const r = await fetch('/healthz')
  const version = r.ok ? versionOf(await r.text()) : undefined
  if (version === undefined) throw new ApiError(r.status, 'server.unavailable')
  return version
}

/** Which version runs, and where its interface for programs is described. */
export default function AboutPage() {
  const { t } = useTranslation()
  const version = useQuery({ queryKey: ['version'], queryFn: readVersion, staleTime: Number.POSITIVE_INFINITY })
  const outside = (href: string, label: string) => (
    <a href={href} target="_blank" rel="noreferrer">
      {label} <ExternalLink size={12} aria-hidden />
    </a>
  )
  return (
    <Page title={t('admin.page.about')}>
      <div className="settings-column">
        <Panel title={t('app.name')}>
          <p className="about-line">{t('session.pitch')}</p>
          <QueryView query={version} lines={2}>
            {(v) => (
              <Fields
                items={[
                  { label: t('admin.about.version'), value: <span className="num">{v}</span> },
                  { label: t('admin.about.docs'), value: outside('/api/docs', t('admin.about.docs_link')) },
                  { label: t('admin.about.openapi'), value: outside('/api/v1/openapi.json', 'openapi.json') },
                ]}
              />
            )}
          </QueryView>
        </Panel>
        <Panel title={t('admin.about.data')}>
          <p>{t('admin.about.data_text')}</p>
        </Panel>
      </div>
    </Page>
  )
}
