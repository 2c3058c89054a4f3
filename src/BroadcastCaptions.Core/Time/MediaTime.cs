namespace BroadcastCaptions.Time;

/// <summary>
/// A position on the session's media clock: seconds of captured audio since the session began. Lost audio is filled with
/// silence of the right length, so media time never slips against what was said.
/// </summary>
/// <param name="Seconds">Seconds since the session began; negative only for differences.</param>
public readonly record struct MediaTime(double Seconds) : IComparable<MediaTime>
{
    /// <summary>The session's start.</summary>
    public static MediaTime Zero => default;

    /// <summary>The position of sample number <paramref name="samples"/> at <paramref name="rate"/> samples a second.</summary>
    public static MediaTime FromSamples(long samples, int rate) => new((double)samples / rate);

    /// <summary>The number of the sample at this position (rounded) at <paramref name="rate"/> samples a second.</summary>
    public long ToSamples(int rate) => (long)Math.Round(Seconds * rate);

    /// <summary>This position, <paramref name="seconds"/> later (or earlier, when negative).</summary>
    public MediaTime Plus(double seconds) => new(Seconds + seconds);

    /// <inheritdoc/>
    public int CompareTo(MediaTime other) => Seconds.CompareTo(other.Seconds);

    /// <summary>Seconds from <paramref name="b"/> to <paramref name="a"/>.</summary>
    public static double operator -(MediaTime a, MediaTime b) => a.Seconds - b.Seconds;

    /// <summary>Is <paramref name="a"/> earlier than <paramref name="b"/>?</summary>
    public static bool operator <(MediaTime a, MediaTime b) => a.Seconds < b.Seconds;

    /// <summary>Is <paramref name="a"/> later than <paramref name="b"/>?</summary>
    public static bool operator >(MediaTime a, MediaTime b) => a.Seconds > b.Seconds;

    /// <summary>Is <paramref name="a"/> no later than <paramref name="b"/>?</summary>
    public static bool operator <=(MediaTime a, MediaTime b) => a.Seconds <= b.Seconds;

    /// <summary>Is <paramref name="a"/> no earlier than <paramref name="b"/>?</summary>
    public static bool operator >=(MediaTime a, MediaTime b) => a.Seconds >= b.Seconds;

    /// <summary>The later of two positions.</summary>
    public static MediaTime Max(MediaTime a, MediaTime b) => a < b ? b : a;

    /// <summary>The earlier of two positions.</summary>
    public static MediaTime Min(MediaTime a, MediaTime b) => a < b ? a : b;

    /// <summary>The position as <c>h:mm:ss.fff</c>.</summary>
    public override string ToString() => TimeSpan.FromSeconds(Seconds).ToString(@"h\:mm\:ss\.fff");
}
