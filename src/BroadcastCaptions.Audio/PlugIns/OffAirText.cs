using BroadcastCaptions.Bridge.Messages;

namespace BroadcastCaptions.Audio.PlugIns;

/// <summary>Why a source is off air, for the user.</summary>
internal static class OffAirText
{
    /// <summary>Empty: it is on air.</summary>
    public static string Of(OffAirReason reason) => reason switch
    {
        OffAirReason.None => "",
        OffAirReason.Muted => "muted in OBS",
        OffAirReason.FaderDown => "its fader stands at −∞",
        OffAirReason.MonitorOnly => "it goes to the monitor only",
        OffAirReason.NoTrack => "every output track is unticked",
        OffAirReason.Inactive => "it is in no scene that is on air",
        OffAirReason.Disabled => "captions are switched off in OBS",
        _ => "OBS does not say that it is on air",
    };
}
