#pragma once

#include "extract/document.h"

namespace tercet {

/// Fill `document` (text and id given, the rest empty) with what its text holds as captions: WebVTT
/// (W3C Candidate Recommendation 2019, section 4) or SubRip; what is neither is passed over. The
/// words of cues run on through a block, which ends where nobody speaks for four seconds, the
/// speaker changes, or a sentence ends in a long block; each cue is a time anchor before its words.
/// Tags, cue settings, notes and styles are left out, and so is a line that the cue before has
/// already shown (rolling captions). `video_id` is taken from a name like "title [ID].en.vtt".
/// O(bytes).
void read_captions(Document& document);

}  // namespace tercet
