using BroadcastCaptions.Audio;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Control;

/// <summary>What goes back to the pipeline: nothing downstream calls upstream, it sends one of these.</summary>
public abstract record ControlMessage;

/// <summary>Stop recognising until <see cref="Resume"/>: what was said before is finished and shown.</summary>
public sealed record Pause : ControlMessage;

/// <summary>Recognise again after <see cref="Pause"/>.</summary>
public sealed record Resume : ControlMessage;

/// <summary>Empty every screen at once, and forget what is being said right now.</summary>
public sealed record Clear : ControlMessage;

/// <summary>End the session in good order.</summary>
public sealed record Stop : ControlMessage;

/// <summary>
/// A source went on or off air. The segment is closed at the very sample; what was said before is finished and shown,
/// nothing after is recognised, and pre-roll never reaches back across the edge.
/// </summary>
/// <param name="Source">Id of the source.</param>
/// <param name="OnAir">Do viewers hear it now?</param>
/// <param name="At">Media time of the edge.</param>
/// <param name="Why">For the user: "muted in OBS", "OBS cannot be asked".</param>
public sealed record OnAirChanged(string Source, bool OnAir, MediaTime At, string Why) : ControlMessage;

/// <summary>A source joined the session, or is called or coloured otherwise from now on.</summary>
/// <param name="Source">Who; its id stays.</param>
public sealed record SourceChanged(AudioSource Source) : ControlMessage;
