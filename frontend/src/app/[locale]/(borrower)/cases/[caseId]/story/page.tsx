import { ClientMessages, SHELL_NAMESPACES } from "@/components/client-messages";
import { StoryEditor } from "@/features/case-merge-view/components/story-editor";

const CaseStoryPage = async ({ params }: { params: Promise<{ caseId: string }> }) => (
  <ClientMessages namespaces={[...SHELL_NAMESPACES, "caseStory", "storyCodes"]}>
    <StoryEditor caseId={(await params).caseId} isOwn />
  </ClientMessages>
);

export default CaseStoryPage;
