import { vmm } from '@/lib/vmm';

const handle = (request: Request): Promise<Response> => vmm().auth.handle(request);

export { handle as GET, handle as POST };
