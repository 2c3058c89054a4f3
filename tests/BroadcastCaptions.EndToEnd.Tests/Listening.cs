using System.Text;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>Everything that anybody could read of a show from some moment on: the captioner's events, OBS's, sidecars, logs.</summary>
internal sealed class Listening : IAsyncDisposable
{
    private readonly PluginShow _show;
    private readonly CaptionsProcess _captions;
    private readonly VendorEvents _obs;
    private readonly int _events;
    private readonly Dictionary<string, long> _lengths = [];

    private Listening(PluginShow show, CaptionsProcess captions, VendorEvents obs)
    {
        (_show, _captions, _obs, _events) = (show, captions, obs, captions.Events.Count);
        foreach (var file in AllFiles) _lengths[file] = new FileInfo(file).Length;
    }

    /// <summary>Begins to listen.</summary>
    public static async Task<Listening> BeginAsync(PluginShow show, CaptionsProcess captions) =>
        new(show, captions, await VendorEvents.ListenAsync(show.Harness.Settings.Port, show.Harness.Settings.Password));

    /// <summary>Where the captioner of a show is to write its files.</summary>
    public static string Files(PluginShow show) => Path.Combine(show.Harness.Home, "out");

    /// <summary>All of it so far, as text.</summary>
    public string Everywhere => string.Join('\n', [.. _captions.Events.Skip(_events).Select(e => e.GetRawText()), .. _obs.Of("block"), .. _obs.Of("final"), .. AllFiles.Select(NewIn)]);

    // Sidecars, the captioner's log, OBS's log.
    private IEnumerable<string> AllFiles => Directory.EnumerateFiles(_show.Harness.Home, "*", SearchOption.AllDirectories).Where(file =>
        file.StartsWith(Files(_show), StringComparison.Ordinal) || file.EndsWith(".log", StringComparison.Ordinal) || Path.GetDirectoryName(file)!.EndsWith("/logs", StringComparison.Ordinal));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _obs.DisposeAsync();

    private string NewIn(string file)
    {
        var bytes = File.ReadAllBytes(file);
        return Encoding.UTF8.GetString(bytes[(int)Math.Min(bytes.Length, _lengths.GetValueOrDefault(file))..]);
    }
}
