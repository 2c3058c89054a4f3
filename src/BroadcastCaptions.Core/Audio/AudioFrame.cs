using BroadcastCaptions.Time;

namespace BroadcastCaptions.Audio;

/// <summary>
/// A timestamped block of interleaved samples, leased from its tap: valid until the tap is read again. A ref struct, so
/// that the compiler keeps the lease.
/// </summary>
/// <param name="start">Media time of the first sample.</param>
/// <param name="format">Rate and channels.</param>
/// <param name="samples">Interleaved samples; the length is a multiple of the channels.</param>
/// <param name="isFill">True for silence that stands in for lost audio.</param>
public readonly ref struct AudioFrame(MediaTime start, AudioFormat format, ReadOnlySpan<float> samples, bool isFill = false)
{
    /// <summary>Media time of the first sample.</summary>
    public MediaTime Start { get; } = start;

    /// <summary>Rate and channels.</summary>
    public AudioFormat Format { get; } = format;

    /// <summary>Interleaved samples.</summary>
    public ReadOnlySpan<float> Samples { get; } = samples;

    /// <summary>True for silence that stands in for lost audio.</summary>
    public bool IsFill { get; } = isFill;
}
