-- CreateTable
CREATE TABLE "StoryEditor" (
    "storyId" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "StoryEditor_pkey" PRIMARY KEY ("storyId","subject")
);

-- AddForeignKey
ALTER TABLE "StoryEditor" ADD CONSTRAINT "StoryEditor_storyId_fkey" FOREIGN KEY ("storyId") REFERENCES "Story"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
