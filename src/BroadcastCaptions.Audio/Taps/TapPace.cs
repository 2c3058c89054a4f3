namespace BroadcastCaptions.Audio;

/// <summary>How fast a file is played.</summary>
public enum TapPace
{
    /// <summary>At real speed, by the media clock, as if it were being spoken now.</summary>
    Real,

    /// <summary>As fast as it is read; media time begins at 0 with the file's first sample.</summary>
    Fast,
}
