using System.Text.Json.Nodes;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.TestKit.Obs;

/// <summary>
/// The picture that goes on air. OBS itself is asked for it, by the key of its own screenshots, which it draws with a frame. obs-websocket's GetSourceScreenshot draws on
/// another thread, beside the one that gives text sources their text: OBS 29 was seen to hang in it, and, rarely, to crash.
/// </summary>
public static class ProgramPicture
{
    private const string Key = "OBSBasic.Screenshot";

    // The chunk that ends every PNG: its length, name and checksum.
    private static ReadOnlySpan<byte> End => [0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82];

    /// <summary>What viewers see now.</summary>
    public static async Task<Picture> PictureAsync(this ObsObserver obs)
    {
        var folder = (await obs.AskAsync("GetRecordDirectory")).GetProperty("recordDirectory").GetString()!;
        var before = Files(folder).ToHashSet();
        await obs.AskAsync("TriggerHotkeyByName", new JsonObject { ["hotkeyName"] = Key });
        string? taken = null;
        await Wait.UntilAsync(() => (taken = Files(folder).FirstOrDefault(file => !before.Contains(file) && IsComplete(file))) is not null, Wait.Generous, "OBS's screenshot");
        var picture = Picture.FromPixmap(await Ffmpeg.PixmapAsync(taken!));
        File.Delete(taken!);
        return picture;
    }

    private static string[] Files(string folder) => Directory.Exists(folder) ? Directory.GetFiles(folder, "*.png") : [];

    private static bool IsComplete(string file)
    {
        try
        {
            return File.ReadAllBytes(file).AsSpan().EndsWith(End);
        }
        catch (IOException)
        {
            return false; // being written
        }
    }
}
