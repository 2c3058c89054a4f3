using System;
using System.Diagnostics;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Brings one npm package, pinned by its SHA-512, and unpacks what is wanted of it into a folder that several builds may
/// ask for at once. MSBuild compiles this file when the folder is not there yet; it must run on .NET Framework's MSBuild too.
/// </summary>
public sealed class FetchNpmPackage : Task
{
    [Required] public string Title { get; set; }
    /// <summary>What the download costs, for the message.</summary>
    [Required] public string Size { get; set; }
    [Required] public string Package { get; set; }
    [Required] public string Integrity { get; set; }
    [Required] public string Folder { get; set; }
    /// <summary>Paths inside the package; one that ends in a slash stands for all below it.</summary>
    [Required] public string[] Wanted { get; set; }
    /// <summary>What the user can do when it cannot be had.</summary>
    [Required] public string Otherwise { get; set; }

    private static bool OnWindows => Path.DirectorySeparatorChar == '\\';

    public override bool Execute()
    {
        var target = Folder.TrimEnd('/', '\\');
        Directory.CreateDirectory(Path.GetDirectoryName(target));
        using (Lock(target + ".lock"))
        {
            if (File.Exists(Path.Combine(target, "complete"))) return true;
            var work = target + ".part";
            Clear(work);
            Clear(target);
            try
            {
                Fetch(work, target);
                return true;
            }
            catch (Exception e) when (e is IOException || e is InvalidDataException || e is UnauthorizedAccessException)
            {
                Log.LogError("{0} could not be fetched: {1} To mend it, {2}.", Title, e.Message, Otherwise);
                return false;
            }
            finally
            {
                Clear(work);
            }
        }
    }

    private void Fetch(string work, string target)
    {
        // A warning, since "dotnet run" shows nothing less, and a long silence looks like a hang.
        Log.LogWarning(null, "BC0001", null, Title, 0, 0, 0, 0, "fetching it from npm ({0}) …", Size);
        var unpacked = Path.Combine(work, "unpacked");
        Directory.CreateDirectory(unpacked);
        Pack(work);
        var tarball = Directory.GetFiles(work, "*.tgz").Single();
        using (var file = File.OpenRead(tarball))
        using (var hash = SHA512.Create())
            if ("sha512-" + Convert.ToBase64String(hash.ComputeHash(file)) != Integrity)
                throw new InvalidDataException("what npm brought as " + Package + " is not the pinned package (its SHA-512 differs).");
        Unpack(tarball, unpacked);
        File.WriteAllText(Path.Combine(unpacked, "complete"), Package + " " + Integrity + "\n");
        Directory.Move(unpacked, target); // one rename: a folder that stands is whole
    }

    private void Pack(string work)
    {
        var arguments = "pack " + Package + " --loglevel=error --fetch-timeout=30000 --fetch-retries=1 --fetch-retry-mintimeout=1000";
        var start = new ProcessStartInfo(OnWindows ? "cmd.exe" : "npm", OnWindows ? "/d /c npm " + arguments : arguments)
        {
            WorkingDirectory = work,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process npm;
        try { npm = Process.Start(start); }
        catch (System.ComponentModel.Win32Exception) { throw new IOException("npm is not installed."); }
        var said = new StringBuilder();
        using (npm)
        {
            npm.OutputDataReceived += (_, line) => { };
            npm.ErrorDataReceived += (_, line) => { lock (said) said.AppendLine(line.Data); };
            npm.BeginOutputReadLine();
            npm.BeginErrorReadLine();
            npm.WaitForExit();
            if (npm.ExitCode == 0) return;
        }

        Log.LogMessage(MessageImportance.Normal, "{0}", said);
        var reason = said.ToString().Split('\n').FirstOrDefault(line => line.StartsWith("npm error code ", StringComparison.Ordinal));
        throw new IOException("npm does not reach its registry" + (reason == null ? "." : " (" + reason.Substring(15).Trim() + ")."));
    }

    private void Unpack(string tarball, string folder)
    {
        using (var file = File.OpenRead(tarball))
        using (var tar = new GZipStream(file, CompressionMode.Decompress))
        {
            var header = new byte[512];
            while (Fill(tar, header, 512) && header[0] != 0)
            {
                var name = Text(header, 345, 155) + Text(header, 0, 100);
                var size = Convert.ToInt64(Text(header, 124, 12).Trim(), 8);
                var path = name.Substring(name.IndexOf('/') + 1); // npm puts everything below "package/"
                var plain = header[156] == '0' && !path.Split('/').Contains("..");
                using (var output = plain && IsWanted(path) ? Create(Path.Combine(folder, path)) : Stream.Null)
                    Copy(tar, output, size);
                Copy(tar, Stream.Null, (512 - size % 512) % 512);
            }
        }
    }

    private bool IsWanted(string path) =>
        !path.EndsWith(".meta", StringComparison.Ordinal)
        && Wanted.Any(wanted => wanted.EndsWith("/", StringComparison.Ordinal) ? path.StartsWith(wanted, StringComparison.Ordinal) : path == wanted);

    private static Stream Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path));
        return File.Create(path);
    }

    private static void Copy(Stream from, Stream to, long count)
    {
        var buffer = new byte[81920];
        for (; count > 0; )
        {
            var part = (int)Math.Min(count, buffer.Length);
            if (!Fill(from, buffer, part)) throw new InvalidDataException("the package ends in the middle of a file.");
            to.Write(buffer, 0, part);
            count -= part;
        }
    }

    private static bool Fill(Stream from, byte[] buffer, int count)
    {
        for (var at = 0; at < count; )
        {
            var read = from.Read(buffer, at, count - at);
            if (read == 0) return false;
            at += read;
        }

        return true;
    }

    private static string Text(byte[] header, int at, int length) => Encoding.UTF8.GetString(header, at, length).Split('\0')[0];

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, true);
    }

    // Builds run side by side, in one process and in several: the first fetches, the others wait for it.
    private static FileStream Lock(string path)
    {
        while (true)
        {
            try { return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
            catch (IOException) { Thread.Sleep(300); }
        }
    }
}
