import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { antdCss } from './scripts/antd-css.mjs'
import { leanTable } from './scripts/lean-table.mjs'
import { messages } from './scripts/messages.mjs'
import { keepMarker } from './scripts/precompress.mjs'

const root = fileURLToPath(new URL('.', import.meta.url))

export default defineConfig({
  html: { cspNonce: '__CSP_NONCE__' },
  plugins: [leanTable(), react(), antdCss(root), messages(root), keepMarker()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  // The host stays the browser's own: the server refuses changes that come from another site.
  server: {
    host: '127.0.0.1',
    proxy: { '/api': { target: process.env.KEZHI_API ?? 'http://127.0.0.1:8080', changeOrigin: false } },
  },
  build: {
    target: 'es2022',
    manifest: true,
    chunkSizeWarningLimit: 900,
    // What every page loads comes in two files: one keeps over an update of the application, both pack better than thirty.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'vendor', tags: ['$initial'], test: /node_modules/ },
            { name: 'start', tags: ['$initial'] },
          ],
        },
      },
    },
  },
})
