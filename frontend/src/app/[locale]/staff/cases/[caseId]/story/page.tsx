import { StaffMessages } from "@/app/[locale]/staff/staff-messages";
import { StoryEditor } from "@/features/case-merge-view/components/story-editor";

const StaffCaseStoryPage = async ({ params }: { params: Promise<{ caseId: string }> }) => (
  <StaffMessages of={["caseStory", "storyCodes"]}>
    <div className="p-4">
      <StoryEditor caseId={(await params).caseId} />
    </div>
  </StaffMessages>
);

export default StaffCaseStoryPage;
