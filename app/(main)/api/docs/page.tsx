import type { Metadata } from 'next';
import { ApiDocs } from '@/components/api-docs/ApiDocs';
import { openApiDocument } from '@/lib/shared/api/openapi';
import { vmm } from '@/lib/vmm';
import { requirePage } from '@/lib/web/page';

export const metadata: Metadata = { title: 'API' };

export default async function ApiDocsPage() {
  await requirePage();
  return <ApiDocs document={openApiDocument(vmm().host.view().skepVersion)} />;
}
