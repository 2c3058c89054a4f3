using BroadcastCaptions.Audio;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Speech.Streaming;

/// <summary>What was recognised of a segment at one moment, before it is steadied for display.</summary>
/// <param name="Source">Who was heard.</param>
/// <param name="Segment">Number of the segment within the source, from 1.</param>
/// <param name="IsFinal">The segment is closed: no more will come of it.</param>
/// <param name="Start">Media time of the segment's first sample.</param>
/// <param name="End">Media time up to which its audio was recognised.</param>
/// <param name="TakenIn">Media time up to which audio had been taken in by then: behind <paramref name="End"/> lies silence.</param>
/// <param name="Hypothesis">The text; without words where nothing was understood.</param>
/// <param name="GoesOn">The segment was cut: speech goes on in the next one.</param>
public sealed record Recognition(
    AudioSource Source, long Segment, bool IsFinal, MediaTime Start, MediaTime End, MediaTime TakenIn, Hypothesis Hypothesis, bool GoesOn = false);
