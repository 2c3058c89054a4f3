using BroadcastCaptions.Audio;
using BroadcastCaptions.Captions;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Events;

/// <summary>What flows to the sinks, to <c>--json</c> and to the WebSocket API: one record for each thing that happened.</summary>
/// <param name="Emitted">When the event left, on the media clock.</param>
public abstract record CaptionEvent(MediaTime Emitted);

/// <summary>A partial or final transcript, after the text filters.</summary>
/// <param name="Emitted">When the event left.</param>
/// <param name="Transcript">The filtered transcript.</param>
public sealed record TranscriptEvent(MediaTime Emitted, Transcript Transcript) : CaptionEvent(Emitted);

/// <summary>The visible block changed.</summary>
/// <param name="Emitted">When the event left.</param>
/// <param name="Cue">The block as it is to be shown.</param>
public sealed record CueEvent(MediaTime Emitted, CaptionCue Cue) : CaptionEvent(Emitted);

/// <summary>A cue leaves the screen (its time is over).</summary>
/// <param name="Emitted">When the event left.</param>
/// <param name="Id">The cue's id.</param>
public sealed record RetractEvent(MediaTime Emitted, long Id) : CaptionEvent(Emitted);

/// <summary>Empty every screen at once: the panic button, the start and the end of a session.</summary>
/// <param name="Emitted">When the event left.</param>
public sealed record ClearEvent(MediaTime Emitted) : CaptionEvent(Emitted);

/// <summary>A source joined while the session runs, or is called or coloured otherwise from now on.</summary>
/// <param name="Emitted">When the event left.</param>
/// <param name="Source">Who.</param>
public sealed record SourceEvent(MediaTime Emitted, AudioSource Source) : CaptionEvent(Emitted);

/// <summary>A part of the product changed its state.</summary>
/// <param name="Emitted">When the event left.</param>
/// <param name="State">The new state.</param>
public sealed record StateEvent(MediaTime Emitted, ComponentState State) : CaptionEvent(Emitted);

/// <summary>Counters and gauges, about once a second.</summary>
/// <param name="Emitted">When the event left.</param>
/// <param name="Values">Name → value; names as in docs, lower case with dots.</param>
public sealed record MetricsEvent(MediaTime Emitted, IReadOnlyDictionary<string, double> Values) : CaptionEvent(Emitted);
