namespace BroadcastCaptions.Audio.Tests.Support;

/// <summary>Programs of Debian's packages that end-to-end tests need.</summary>
internal static class Programs
{
    /// <summary>Fails with one sentence when the program is missing.</summary>
    public static void Need(string program, string package)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (folders.Any(folder => File.Exists(Path.Combine(folder, program)))) return;
        Assert.Fail($"This test needs '{program}': apt-get install {package}.");
    }
}
