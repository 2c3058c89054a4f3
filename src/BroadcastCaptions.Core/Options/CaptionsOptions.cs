namespace BroadcastCaptions.Options;

/// <summary>
/// Everything that captions.json, CAPTIONS__… variables and command-line options can say. The one place where defaults
/// stand; each property's source is named.
/// </summary>
public sealed class CaptionsOptions
{
    /// <summary>Taps as <c>[LABEL=]SPEC</c>; empty: the microphone that OBS uses, else the system's default.</summary>
    public IList<string> Taps { get; set; } = [];

    /// <summary>The recogniser.</summary>
    public ModelOptions Model { get; set; } = new();

    /// <summary>Voice activity and segments.</summary>
    public SpeechOptions Speech { get; set; } = new();

    /// <summary>How captions look on live screens.</summary>
    public DisplayOptions Display { get; set; } = new();

    /// <summary>Words that must not appear.</summary>
    public BlockListOptions BlockList { get; set; } = new();

    /// <summary>OBS Studio.</summary>
    public ObsOptions Obs { get; set; } = new();

    /// <summary>Caption files beside the show.</summary>
    public SidecarOptions Sidecars { get; set; } = new();

    /// <summary>The log file.</summary>
    public LogOptions Log { get; set; } = new();
}
