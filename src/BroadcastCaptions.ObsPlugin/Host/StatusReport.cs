using BroadcastCaptions.ObsPlugin.Native;
using BroadcastCaptions.ObsPlugin.Taps;

namespace BroadcastCaptions.ObsPlugin.Host;

/// <summary>How the taps fare, as the answer to a vendor request: for Stream Decks, and for whoever measures.</summary>
internal static class StatusReport
{
    /// <summary>Writes one text for each tap, by its name.</summary>
    public static void Write(nint response)
    {
        ObsSettings.obs_data_set_string(response, "captioner", Plugin.Captioner.State);
        foreach (var tap in Plugin.Sender.Taps)
        {
            var name = System.Text.Encoding.UTF8.GetString(tap.Name);
            ObsSettings.obs_data_set_string(response, name.Length > 0 ? name : "(not attached)", Describe(tap));
        }
    }

    /// <summary>How captions are for one tap, and what to do where they are not: what the properties show.</summary>
    public static string SentenceOf(TapInstance tap) =>
        tap.Link.IsConnected || Plugin.Captioner.State.Length == 0 ? tap.Link.Status : Plugin.Captioner.State;

    private static string Describe(TapInstance tap)
    {
        var cost = tap.Tap.Cost;
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"""
            {SentenceOf(tap)} connected={tap.Link.IsConnected} blocks={cost.Blocks} p50={cost.Percentile(0.5)} p99={cost.Percentile(0.99)} p99.9={cost.Percentile(0.999)} max={cost.Longest:0.0} allocated={cost.Allocated} overruns={tap.Tap.Overruns} stale={tap.Link.Stale}
            """);
    }
}
