using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Obs.Tests.Fake;

/// <summary>Text files below a folder.</summary>
internal static class FolderFiles
{
    public static string Write(TemporaryFolder folder, string name, string text)
    {
        File.WriteAllText(folder[name], text);
        return folder[name];
    }

    public static string Read(TemporaryFolder folder, string name) => File.ReadAllText(folder[name]);
}
