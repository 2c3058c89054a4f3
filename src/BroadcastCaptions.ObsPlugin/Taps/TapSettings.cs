using System.Text;
using BroadcastCaptions.ObsPlugin.Manifest;

namespace BroadcastCaptions.ObsPlugin.Taps;

/// <summary>When the captioner is to be started.</summary>
internal enum StartWish
{
    /// <summary>By hand.</summary>
    ByHand,

    /// <summary>As long as a stream goes out.</summary>
    WithStream,

    /// <summary>As long as OBS runs.</summary>
    WithObs,
}

/// <summary>What a user set on one tap, ready for the wire and for the audio thread.</summary>
/// <param name="IsOff">Nothing of it is on air.</param>
/// <param name="IsBypassed">Not even listened to.</param>
/// <param name="Track">Output track, 1 … 6; of track taps.</param>
/// <param name="Label">UTF-8.</param>
/// <param name="Colour">#RRGGBB, UTF-8; empty for the screen's own.</param>
/// <param name="Language">BCP 47, UTF-8; empty for the captioner's own.</param>
/// <param name="Start">When the captioner is to be started.</param>
internal sealed record TapSettings(bool IsOff, bool IsBypassed, int Track, byte[] Label, byte[] Colour, byte[] Language, StartWish Start)
{
    private const int White = 0xFFFFFF; // the manifest's default: no colour of its own

    /// <summary>Reads them from a state.</summary>
    public static TapSettings From(PluginState state)
    {
        var colour = (int)state.Value("colour");
        return new TapSettings(
            !state.IsOn("enabled") || state.IsBypassed, state.IsBypassed, (int)state.Value("track"), Encoding.UTF8.GetBytes(state.Text("label")),
            colour == White ? [] : Encoding.UTF8.GetBytes($"#{colour:X6}"), Encoding.UTF8.GetBytes(state.Chosen("language")),
            state.Chosen("start") switch { "obs" => StartWish.WithObs, "stream" => StartWish.WithStream, _ => StartWish.ByHand });
    }
}
